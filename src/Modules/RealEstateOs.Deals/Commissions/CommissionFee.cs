using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Commissions;

/// <summary>A fixed amount that comes off a commission, such as a transaction fee.</summary>
public sealed record CommissionFee
{
    /// <summary>What the fee is for, up to 200 letters.</summary>
    [MaxLength(200)] public string? Description { get; init; }
    /// <summary>In the deal's currency.</summary>
    public decimal? Amount { get; init; }

    internal static CommissionFee[] Read(JsonElement? stored) => stored?.Deserialize<CommissionFee[]>(Json.Options) ?? [];

    internal static decimal Sum(JsonElement? stored) => Read(stored).Sum(f => f.Amount ?? 0);

    /// <summary>The same fees stay the same value, so that a deal that is written back whole does not change.</summary>
    internal static JsonElement? Written(CommissionFee[]? fees, JsonElement? before) =>
        (fees ?? []).SequenceEqual(Read(before)) ? before
            : fees is { Length: > 0 } ? JsonSerializer.SerializeToElement(fees, Json.Options) : null;

    internal static FieldError? FaultOf(JsonElement? stored, string currency) =>
        Array.FindIndex(Read(stored), f => !Currencies.Fits(f.Amount, currency)) is var at and >= 0
            ? CurrencyRules.TooFine($"commission_fees[{at}].amount", currency) : null;
}
