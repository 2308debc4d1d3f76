using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties.Valuations;

/// <example>{"value": 2120000, "valuation_date": "2026-11-01", "source": "Bank valuation"}</example>
public sealed record AddValuationRequest : IRequestBody<AddValuationRequest>
{
    /// <summary>In the property's currency.</summary>
    public decimal? Value { get; init; }
    /// <summary>The day that the value holds for.</summary>
    public DateOnly? ValuationDate { get; init; }
    /// <summary>Who says so: appraisal, broker opinion, CMA …</summary>
    [MaxLength(200)] public string? Source { get; init; }
    /// <summary>How the value came about, or what it assumes.</summary>
    public string? Notes { get; init; }
}

/// <param name="Value">In the property's currency.</param>
/// <param name="ValuationDate">The day that the value holds for.</param>
/// <param name="Source">Who says so: appraisal, broker opinion, CMA …</param>
/// <param name="Notes">How the value came about, or what it assumes.</param>
public sealed record ValuationResponse(
    ValuationId Id, OrganizationId OrganizationId, PropertyId PropertyId, decimal Value, DateOnly ValuationDate, string? Source,
    string? Notes,
    UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static readonly Expression<Func<Valuation, ValuationResponse>> Projection = v =>
        new ValuationResponse(v.Id, v.OrganizationId, v.PropertyId, v.Value, v.ValuationDate, v.Source, v.Notes, v.CreatedBy, v.CreatedAt,
            v.UpdatedAt);

    internal static readonly Func<Valuation, ValuationResponse> Of = Projection.Compile();
}

internal sealed class AddValuationValidator : AbstractValidator<AddValuationRequest>
{
    public AddValuationValidator()
    {
        RuleFor(v => v.Value).NotNull().GreaterThanOrEqualTo(0);
        RuleFor(v => v.ValuationDate).NotNull();
    }
}

internal static class PropertyValuations
{
    private static readonly ListSpec<Valuation> Spec = new ListSpec<Valuation>()
        .Is("source", v => v.Source)
        .Range("valuation_date", v => v.ValuationDate)
        .Range("value", v => v.Value)
        .Sort("valuation_date", v => v.ValuationDate).Sort("created_at", v => v.CreatedAt).Sort("value", v => v.Value)
        .By("-valuation_date");

    /// <summary>Records what the property is worth on a day.</summary>
    public static async Task<Results<Created<ValuationResponse>, NotFound>> Add(PropertyId id, AddValuationRequest request, PropertiesDb db,
        CurrentUser user, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, PropertiesPermissions.Update, ct) is not { } property) return TypedResults.NotFound();
        var valuation = new Valuation { PropertyId = id, Value = request.Value!.Value, ValuationDate = request.ValuationDate!.Value,
            Source = request.Source, Notes = request.Notes };
        db.Add(valuation);
        db.AddTimeline(property, "valuation_added", "Valuation Added",
            $"{valuation.Value:n0} {property.Currency} on {valuation.ValuationDate:yyyy-MM-dd}");
        await db.SaveChangesAsync(ct);
        return TypedResults.Created((string?)null, ValuationResponse.Of(valuation));
    }

    /// <summary>The property's valuations, the latest first.</summary>
    public static async Task<Results<ListResult<ValuationResponse>, NotFound>> List(PropertyId id, ListRequest list, PropertiesDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.Valuations.AsNoTracking().Where(v => v.PropertyId == id), Spec, v => v.Id,
                    ValuationResponse.Projection, ct)
                : TypedResults.NotFound();
}
