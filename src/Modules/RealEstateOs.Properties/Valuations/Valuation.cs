using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Valuations;

/// <summary>What a property was said, or agreed, to be worth on a day.</summary>
internal sealed class Valuation : Entity<ValuationId>
{
    public PropertyId PropertyId { get; set; }
    public decimal Value { get; set; }
    public DateOnly ValuationDate { get; set; }
    public string? Source { get; set; }
    public string? Notes { get; set; }
}
