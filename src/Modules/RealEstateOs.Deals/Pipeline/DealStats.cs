using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>
/// Figures of the deals that the user may see. Counts are of all; values are in <see cref="Currency"/>, those in others stand in
/// <see cref="ByCurrency"/>.
/// </summary>
public sealed record DealStatsResponse
{
    /// <summary>All deals that the reader may see, closed ones too.</summary>
    public int TotalDeals { get; init; }
    /// <summary>What the values are in: the organization's currency, or the only one that the deals have.</summary>
    public required string Currency { get; init; }
    /// <summary>Of all deals, closed ones too.</summary>
    public decimal TotalValue { get; init; }
    /// <summary>total_value by the deals in that currency; null without such deals.</summary>
    public decimal? AvgDealValue { get; init; }
    /// <summary>Neither won nor lost.</summary>
    public int OpenDeals { get; init; }
    /// <summary>On the stage closed_won.</summary>
    public int WonDeals { get; init; }
    /// <summary>On the stage closed_lost.</summary>
    public int LostDeals { get; init; }
    /// <summary>won / (won + lost), 0 to 1; null while nothing is closed.</summary>
    public decimal? WinRate { get; init; }
    /// <summary>Value of the open deals in <c>currency</c>.</summary>
    public decimal OpenValue { get; init; }
    /// <summary>Value of the won deals in <c>currency</c>.</summary>
    public decimal WonValue { get; init; }
    /// <summary>Deals on each stage, 0 too.</summary>
    public required IReadOnlyDictionary<string, int> ByStage { get; init; }
    /// <summary>Deals of each type, 0 too.</summary>
    public required IReadOnlyDictionary<string, int> ByType { get; init; }
    /// <summary>The value of all deals of each currency.</summary>
    public required IReadOnlyDictionary<string, decimal> ByCurrency { get; init; }
    /// <summary>What the values leave out.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

internal static class DealStats
{
    /// <summary>How many deals there are and what they are worth, by stage, type and currency.</summary>
    public static async Task<DealStatsResponse> Handle(DealsDb db, CurrentUser user, IOrganizationDirectory organizations,
        CancellationToken ct)
    {
        var groups = await db.DealsOf(user, DealsPermissions.Read).AsNoTracking()
            .GroupBy(d => new { d.Stage, d.DealType, d.Currency })
            .Select(g => new { g.Key.Stage, g.Key.DealType, g.Key.Currency, Count = g.Count(), Value = g.Sum(d => d.Value) })
            .ToListAsync(ct);
        var count = groups.Sum(g => g.Count);
        var amounts = AmountsByCurrency.Of(groups.Select(g => (g.Currency, (decimal?)g.Value)),
            (await organizations.DefaultsAsync(ct)).Currency);
        var own = groups.Where(g => g.Currency == amounts.Currency).ToList();
        var won = groups.Where(g => g.Stage == DealStage.ClosedWon).ToList();
        var lost = groups.Where(g => g.Stage == DealStage.ClosedLost).Sum(g => g.Count);
        var closed = won.Sum(g => g.Count) + lost;
        return new DealStatsResponse
        {
            TotalDeals = count,
            Currency = amounts.Currency,
            TotalValue = amounts.Total,
            AvgDealValue = own.Count == 0 ? null : Currencies.Round(amounts.Total / own.Sum(g => g.Count), amounts.Currency),
            OpenDeals = count - closed,
            WonDeals = closed - lost,
            LostDeals = lost,
            WinRate = closed == 0 ? null : decimal.Round((decimal)(closed - lost) / closed, 4),
            OpenValue = own.Where(g => DealStages.IsOpen(g.Stage)).Sum(g => g.Value),
            WonValue = own.Where(g => g.Stage == DealStage.ClosedWon).Sum(g => g.Value),
            ByStage = DealStages.All.ToDictionary(Vocabulary.Word, stage => groups.Where(g => g.Stage == stage).Sum(g => g.Count)),
            ByType = Enum.GetValues<DealType>().ToDictionary(Vocabulary.Word,
                type => groups.Where(g => g.DealType == type).Sum(g => g.Count)),
            ByCurrency = amounts.ByCurrency,
            Notes = amounts.Notes,
        };
    }
}
