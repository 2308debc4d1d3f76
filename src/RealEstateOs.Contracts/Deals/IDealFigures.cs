using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Deals;

/// <summary>Deals asked for as the office, for checks that no person reads.</summary>
public interface IDealFigures
{
    /// <summary>When the latest sale of each property was closed as won, in one query; properties without one are left out.</summary>
    Task<IReadOnlyDictionary<PropertyId, DateTimeOffset>> TransfersAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct);
}
