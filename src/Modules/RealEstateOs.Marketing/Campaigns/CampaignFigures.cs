using Microsoft.EntityFrameworkCore;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>Counts what came of campaigns: a constant number of statements, however many there are.</summary>
internal sealed class CampaignFigures(MarketingDb db)
{
    public async Task<IReadOnlyList<MarketingCampaignResponse>> CompleteAsync(IReadOnlyList<MarketingCampaignResponse> items,
        CancellationToken ct)
    {
        if (items.Count == 0) return items;
        var ids = items.Select(i => i.Key).ToArray();
        var spend = await db.Expenses.AsNoTracking().Where(e => ids.Contains(e.CampaignId)).GroupBy(e => e.CampaignId)
            .Select(g => new { g.Key, Sum = g.Sum(e => e.Amount) }).ToDictionaryAsync(e => e.Key, e => e.Sum, ct);
        var views = await (from page in db.LandingPages.AsNoTracking()
                           join day in db.LandingDays.AsNoTracking() on page.Id equals day.PageId
                           where ids.Contains(page.CampaignId)
                           group day by page.CampaignId into g
                           select new { g.Key, Sum = g.Sum(d => d.Views) }).ToDictionaryAsync(v => v.Key, v => v.Sum, ct);
        var leads = await db.Enquiries.AsNoTracking().Where(e => ids.Contains(e.CampaignId)).GroupBy(e => e.CampaignId)
            .Select(g => new { g.Key, Count = g.Select(e => e.LeadId).Distinct().LongCount() }).ToDictionaryAsync(e => e.Key,
                e => e.Count, ct);
        return [.. items.Select(i => i with
        {
            Spend = spend.GetValueOrDefault(i.Key),
            Performance = Of(views.GetValueOrDefault(i.Key), leads.GetValueOrDefault(i.Key), spend.GetValueOrDefault(i.Key)),
        })];
    }

    public static CampaignPerformance Of(long views, long leads, decimal spend) =>
        new(views, leads, views == 0 ? null : Math.Round((decimal)leads / views, 4),
            leads == 0 || spend == 0 ? null : Math.Round(spend / leads, 2));
}
