using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Fees;

/// <example>{"price": 2150000, "property_type": "apartment", "loan_amount": 1500000, "commission_rate": 2}</example>
public sealed record CalculateFeesRequest : IRequestBody<CalculateFeesRequest>
{
    /// <summary>In AED.</summary>
    public decimal? Price { get; init; }
    /// <summary>Land pays another administration fee than homes.</summary>
    public PropertyType? PropertyType { get; init; }
    /// <summary>0 for cash.</summary>
    public decimal? LoanAmount { get; init; }
    /// <summary>What the developer asks; the schedule's by default.</summary>
    public decimal? NocFee { get; init; }
    /// <summary>In percent of the price; the schedule's by default.</summary>
    public decimal? CommissionRate { get; init; }
    /// <summary>Whose schedule holds; today by default.</summary>
    public DateOnly? OnDate { get; init; }
}

internal sealed class CalculateFeesValidator : AbstractValidator<CalculateFeesRequest>
{
    public CalculateFeesValidator()
    {
        RuleFor(f => f.Price).NotNull().GreaterThan(0);
        RuleFor(f => f.LoanAmount).GreaterThanOrEqualTo(0).LessThanOrEqualTo(f => f.Price)
            .When(f => f.Price is not null && f.LoanAmount is not null);
        RuleFor(f => f.NocFee).GreaterThanOrEqualTo(0);
        RuleFor(f => f.CommissionRate).InclusiveBetween(0, 100);
    }
}

/// <summary>The fees of a purchase. <paramref name="ScheduleId"/> is null where the built-in schedule holds.</summary>
/// <param name="Lines">Each fee with its VAT as a line of its own.</param>
/// <param name="TotalCost">Price and fees together.</param>
/// <param name="ValidFrom">Since when the schedule holds.</param>
/// <param name="Price">The price that was asked about, in <c>currency</c>.</param>
/// <param name="TotalFees">All lines added up, in <c>currency</c>.</param>
public sealed record FeesResponse(
    decimal Price, string Currency, IReadOnlyList<FeeLine> Lines, decimal TotalFees, decimal TotalCost, FeeScheduleId? ScheduleId,
    DateOnly? ValidFrom);

/// <summary>Fees from a day on; members that are left out keep the built-in figures.</summary>
/// <example>{"valid_from": "2027-01-01", "rates": {"noc_fee": 1500}, "source": "The developer's price list"}</example>
public sealed record AddFeeScheduleRequest : IRequestBody<AddFeeScheduleRequest>
{
    /// <summary>The first day on which they hold.</summary>
    public DateOnly? ValidFrom { get; init; }
    /// <summary>The members of rates that differ from the built-in ones.</summary>
    public JsonElement? Rates { get; init; }
    /// <summary>Where the figures are from.</summary>
    [MaxLength(500)] public string? Source { get; init; }
}

internal sealed class AddFeeScheduleValidator : AbstractValidator<AddFeeScheduleRequest>
{
    public AddFeeScheduleValidator()
    {
        RuleFor(s => s.ValidFrom).NotNull();
        RuleFor(s => s.Rates).NotNull();
    }
}

/// <summary>A fee schedule; without id and day it is the built-in one, which holds before all others.</summary>
/// <param name="ValidFrom">First day on which it holds; null for the built-in one.</param>
/// <param name="Source">Where its rates come from, such as the law or the land department's notice.</param>
public sealed record FeeScheduleResponse(FeeScheduleId? Id, DateOnly? ValidFrom, FeeRates Rates, string? Source);

internal static class FeeEndpoints
{
    private const string BuiltInSource = "Dubai Land Department's fees as brokers publish them; check before you rely on them";

    /// <summary>What a purchase in Dubai costs beside its price: transfer, trustee, NOC, mortgage and commission, line by line.</summary>
    public static async Task<FeesResponse> Calculate(CalculateFeesRequest request, DealsDb db, TimeProvider clock, CancellationToken ct)
    {
        var day = request.OnDate ?? DateOnly.FromDateTime(clock.Now().UtcDateTime);
        var schedule = await db.FeeSchedules.AsNoTracking().Where(s => s.ValidFrom <= day).OrderByDescending(s => s.ValidFrom)
            .FirstOrDefaultAsync(ct);
        var rates = schedule is null ? new FeeRates() : RatesOf(schedule);
        var price = request.Price!.Value;
        var lines = rates.Lines(price, request.PropertyType == PropertyType.Land, request.LoanAmount ?? 0, request.NocFee,
            request.CommissionRate);
        var total = lines.Sum(l => l.Amount);
        return new FeesResponse(price, "AED", lines, total, price + total, schedule?.Id, schedule?.ValidFrom);
    }

    /// <summary>The organization's schedules, the latest first, and the built-in one at the end.</summary>
    public static async Task<List<FeeScheduleResponse>> List(DealsDb db, CancellationToken ct) =>
    [
        .. (await db.FeeSchedules.AsNoTracking().OrderByDescending(s => s.ValidFrom).ToListAsync(ct)).Select(Of),
        new FeeScheduleResponse(null, null, new FeeRates(), BuiltInSource),
    ];

    /// <summary>Sets the fees that hold from a day on; the same day again replaces them.</summary>
    public static async Task<Ok<FeeScheduleResponse>> Put(AddFeeScheduleRequest request, DealsDb db, CancellationToken ct)
    {
        var rates = Read(request.Rates!.Value);
        var schedule = await db.FeeSchedules.FirstOrDefaultAsync(s => s.ValidFrom == request.ValidFrom, ct);
        if (schedule is null) db.Add(schedule = new FeeSchedule { ValidFrom = request.ValidFrom!.Value });
        (schedule.Rates, schedule.Source) = (JsonSerializer.SerializeToElement(rates, Json.Options), request.Source);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Of(schedule));
    }

    /// <summary>Takes a schedule back; the one before it holds again.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(FeeScheduleId id, DealsDb db, CancellationToken ct)
    {
        if (await db.FeeSchedules.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } schedule) return TypedResults.NotFound();
        db.Remove(schedule);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static FeeScheduleResponse Of(FeeSchedule schedule) => new(schedule.Id, schedule.ValidFrom, RatesOf(schedule), schedule.Source);

    private static FeeRates RatesOf(FeeSchedule schedule) => schedule.Rates.Deserialize<FeeRates>(Json.Options)!;

    private static FeeRates Read(JsonElement given)
    {
        try
        {
            var rates = given.Deserialize<FeeRates>(Json.Options) ?? throw new JsonException();
            var wrong = typeof(FeeRates).GetProperties().Where(p => p.GetValue(rates) is < 0m or > 1_000_000_000m)
                .Select(p => FieldError.Range($"rates.{Json.SnakeCase(p.Name)}", "must be an amount or percent of at least 0")).ToArray();
            return wrong.Length == 0 ? rates : throw Problem.Invalid(wrong);
        }
        catch (JsonException)
        {
            throw Problem.Invalid(FieldError.Format("rates", "must be an object of numbers, as GET /deals/fees/schedules shows it"));
        }
    }
}
