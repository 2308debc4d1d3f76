using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Contracts.Properties;

/// <summary>Sums over the properties of the current organization, counted where they live.</summary>
public interface IPropertyFigures
{
    /// <summary>The latest valuation of each property by its date; properties without one are left out. One query.</summary>
    Task<IReadOnlyDictionary<PropertyId, decimal>> LastValuationsAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct);

    /// <summary>
    /// The pipeline of a team, of the organization without one: properties created from the first to before the second moment,
    /// and what happened since <paramref name="monthStart"/>.
    /// </summary>
    Task<PipelineFigures> PipelineAsync(TeamId? team, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset monthStart,
        CancellationToken ct);
}

/// <param name="AvgDays">Mean days from entering the pipeline until the property was closed, or until now where it is open.</param>
/// <param name="ThisMonth">Created, and moved to each ending, since the start of the month; a property counts once for an ending.</param>
public sealed record PipelineFigures(
    IReadOnlyDictionary<PropertyStage, int> ByStage, double? AvgBirdDogScore, IReadOnlyDictionary<string, decimal> EstimatedByCurrency,
    double? AvgDays, PipelineMonth ThisMonth);

public sealed record PipelineMonth(int NewProperties, int ClosedWon, int ClosedLost);
