using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social.Campaigns;

/// <summary>Shares a budget out among networks.</summary>
internal sealed class Budgets(SocialDb db, TimeProvider clock)
{
    private const int EnoughLeads = 10;

    public async Task AllocateAsync(SocialCampaign campaign, CancellationToken ct)
    {
        if (campaign.Budget is not { } budget)
        {
            (campaign.BudgetAllocation, campaign.BudgetBasis) = (null, null);
            return;
        }
        var since = clock.Now().AddDays(-180);
        var leads = await (from lead in db.PostLeads.AsNoTracking() join post in db.Posts on lead.PostId equals post.Id
                           where lead.CreatedAt >= since group lead by post.Platform into g select new { g.Key,
                               Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var platforms = campaign.PlatformSet.ToArray();
        var measured = platforms.Sum(p => leads.GetValueOrDefault(p)) >= EnoughLeads;
        // A network without leads yet keeps a chance: one lead is added to each.
        var shares = Share(budget, [.. platforms.Select(p => measured ? leads.GetValueOrDefault(p) + 1 : 1)]);
        campaign.BudgetAllocation = JsonSerializer.SerializeToElement(platforms.Zip(shares).ToDictionary(s => Vocabulary.Word(s.First),
            s => s.Second), Json.Options);
        campaign.BudgetBasis = measured ? BudgetBasis.Leads : BudgetBasis.Evenly;
    }

    /// <summary>To the cent, and adding up.</summary>
    internal static decimal[] Share(decimal budget, IReadOnlyList<int> weights)
    {
        var (left, total) = (budget, weights.Sum());
        var shares = new decimal[weights.Count];
        for (var i = 0; i < weights.Count; i++)
        {
            shares[i] = i == weights.Count - 1 ? left : Math.Round(budget * weights[i] / total, 2);
            left -= shares[i];
        }
        return shares;
    }
}
