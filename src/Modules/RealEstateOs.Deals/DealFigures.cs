using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Deals;

/// <summary>What other modules check about the office's deals.</summary>
internal sealed class DealFigures(DealsDb db) : IDealFigures
{
    public async Task<IReadOnlyDictionary<PropertyId, DateTimeOffset>> TransfersAsync(IReadOnlyCollection<PropertyId> properties,
        CancellationToken ct)
    {
        var wanted = properties.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<PropertyId, DateTimeOffset>();
        return await db.Deals.AsNoTracking()
            .Where(d => wanted.Contains(d.PropertyId) && d.Stage == DealStage.ClosedWon && d.ClosedAt != null
                && d.DealType != DealType.Lease && d.DealType != DealType.Rental)
            .GroupBy(d => d.PropertyId).Select(g => new { g.Key, At = g.Max(d => d.ClosedAt!.Value) }).ToDictionaryAsync(d => d.Key,
                d => d.At, ct);
    }
}
