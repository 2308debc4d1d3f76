using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>Figures of the deals that the user may see. Sums add values as they are; <see cref="ByCurrency"/> keeps currencies apart.</summary>
public sealed record DealStatsResponse
{
    public int TotalDeals { get; init; }
    public decimal TotalValue { get; init; }
    /// <summary>total_value / total_deals; null without deals.</summary>
    public decimal? AvgDealValue { get; init; }
    public int OpenDeals { get; init; }
    public int WonDeals { get; init; }
    public int LostDeals { get; init; }
    /// <summary>won / (won + lost), 0 to 1; null while nothing is closed.</summary>
    public decimal? WinRate { get; init; }
    public decimal OpenValue { get; init; }
    public decimal WonValue { get; init; }
    public required IReadOnlyDictionary<string, int> ByStage { get; init; }
    public required IReadOnlyDictionary<string, int> ByType { get; init; }
    public required IReadOnlyDictionary<string, decimal> ByCurrency { get; init; }
}

internal static class DealStats
{
    /// <summary>How many deals there are and what they are worth, by stage, type and currency.</summary>
    public static async Task<DealStatsResponse> Handle(DealsDb db, CurrentUser user, CancellationToken ct)
    {
        var groups = await db.DealsOf(user, DealsPermissions.Read).AsNoTracking()
            .GroupBy(d => new { d.Stage, d.DealType, d.Currency })
            .Select(g => new { g.Key.Stage, g.Key.DealType, g.Key.Currency, Count = g.Count(), Value = g.Sum(d => d.Value) }).ToListAsync(ct);
        var count = groups.Sum(g => g.Count);
        var value = groups.Sum(g => g.Value);
        var won = groups.Where(g => g.Stage == DealStage.ClosedWon).ToList();
        var lost = groups.Where(g => g.Stage == DealStage.ClosedLost).Sum(g => g.Count);
        var closed = won.Sum(g => g.Count) + lost;
        return new DealStatsResponse
        {
            TotalDeals = count,
            TotalValue = value,
            AvgDealValue = count == 0 ? null : decimal.Round(value / count, 2),
            OpenDeals = count - closed,
            WonDeals = closed - lost,
            LostDeals = lost,
            WinRate = closed == 0 ? null : decimal.Round((decimal)(closed - lost) / closed, 4),
            OpenValue = groups.Where(g => DealStages.IsOpen(g.Stage)).Sum(g => g.Value),
            WonValue = won.Sum(g => g.Value),
            ByStage = DealStages.All.ToDictionary(Vocabulary.Word, stage => groups.Where(g => g.Stage == stage).Sum(g => g.Count)),
            ByType = Enum.GetValues<DealType>().ToDictionary(Vocabulary.Word, type => groups.Where(g => g.DealType == type).Sum(g => g.Count)),
            ByCurrency = groups.GroupBy(g => g.Currency).ToDictionary(g => g.Key, g => g.Sum(d => d.Value)),
        };
    }
}
