using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties;

/// <summary>Sums that other modules report, each in one statement.</summary>
internal sealed class PropertyFigures(PropertiesDb db, TimeProvider clock) : IPropertyFigures
{
    public async Task<IReadOnlyDictionary<PropertyId, decimal>> LastValuationsAsync(IReadOnlyCollection<PropertyId> properties,
        CancellationToken ct)
    {
        var wanted = properties.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<PropertyId, decimal>();
        var latest = await db.Valuations.AsNoTracking().Where(v => wanted.Contains(v.PropertyId))
            .GroupBy(v => v.PropertyId)
            .Select(g => g.OrderByDescending(v => v.ValuationDate).ThenByDescending(v => v.Id)
                .Select(v => new { v.PropertyId, v.Value }).First())
            .ToListAsync(ct);
        return latest.ToDictionary(v => v.PropertyId, v => v.Value);
    }

    public async Task<PipelineFigures> PipelineAsync(TeamId? team, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset monthStart,
        CancellationToken ct)
    {
        var ofTeam = db.Properties.AsNoTracking();
        if (team is not null) ofTeam = ofTeam.Where(p => p.TeamId == team);
        var stages = await CountAsync(ofTeam.Where(p => (from == null || p.CreatedAt >= from) && (to == null || p.CreatedAt < to)), ct);
        var added = await ofTeam.CountAsync(p => p.CreatedAt >= monthStart, ct);
        var endings = await db.StageMoves.AsNoTracking()
            .Where(m => m.MovedAt >= monthStart && (m.ToStage == PropertyStage.ClosedWon || m.ToStage == PropertyStage.ClosedLost)
                && ofTeam.Any(p => p.Id == m.PropertyId))
            .Select(m => new { m.PropertyId, m.ToStage }).Distinct()
            .GroupBy(m => m.ToStage).Select(g => new { Stage = g.Key, Count = g.Count() }).ToDictionaryAsync(e => e.Stage,
                e => e.Count, ct);
        var count = stages.Sum(s => s.Count);
        var scored = stages.Sum(s => s.Scored);
        return new PipelineFigures(
            stages.GroupBy(s => s.Stage).ToDictionary(g => g.Key, g => g.Sum(s => s.Count)),
            scored == 0 ? null : stages.Sum(s => s.Scores) / scored,
            stages.Where(s => s.Valued > 0).GroupBy(s => s.Currency).ToDictionary(g => g.Key, g => g.Sum(s => s.Value)),
            count == 0 ? null : stages.Sum(s => s.Seconds) / count / 86_400,
            new PipelineMonth(added, endings.GetValueOrDefault(PropertyStage.ClosedWon),
                endings.GetValueOrDefault(PropertyStage.ClosedLost)));
    }

    private Task<List<StageSums>> CountAsync(IQueryable<Listings.Property> properties, CancellationToken ct)
    {
        var now = clock.Now();
        return properties.GroupBy(p => new { p.CurrentStage, p.Currency }).Select(g => new StageSums(
            g.Key.CurrentStage, g.Key.Currency, g.Count(), g.Count(p => p.EstimatedValue != null), g.Count(p => p.BirdDogScore != null),
            g.Sum(p => p.BirdDogScore ?? 0), g.Sum(p => p.EstimatedValue ?? 0),
            g.Sum(p => ((p.CurrentStage == PropertyStage.ClosedWon || p.CurrentStage == PropertyStage.ClosedLost ? p.StageChangedAt : now)
                - p.CreatedAt).TotalSeconds)))
            .ToListAsync(ct);
    }

    private sealed record StageSums(PropertyStage Stage, string Currency, int Count, int Valued, int Scored, double Scores, decimal Value,
        double Seconds);
}
