using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>Rates are null while nothing was sent.</summary>
/// <param name="ByStatus">Campaigns by status; what does not occur is left out.</param>
/// <param name="ByType">Campaigns by type; what does not occur is left out.</param>
/// <param name="TotalCampaigns">Campaigns that the reader may see.</param>
/// <param name="TotalSent">Messages that left.</param>
/// <param name="TotalDelivered">Messages that the recipients' side took.</param>
/// <param name="TotalOpened">Messages that a person opened.</param>
/// <param name="TotalClicked">Messages with a link that a person followed.</param>
public sealed record CampaignStatsResponse(
    int TotalCampaigns, long TotalSent, long TotalDelivered, long TotalOpened, long TotalClicked, IReadOnlyDictionary<string, int> ByStatus,
    IReadOnlyDictionary<string, int> ByType)
{
    /// <summary>Delivered ÷ sent, 0 to 1.</summary>
    public decimal? DeliveryRate => Rate(TotalDelivered);

    /// <summary>Opened by people ÷ sent, 0 to 1.</summary>
    public decimal? OpenRate => Rate(TotalOpened);

    /// <summary>Clicked by people ÷ sent, 0 to 1.</summary>
    public decimal? ClickRate => Rate(TotalClicked);

    private decimal? Rate(long count) => TotalSent == 0 ? null : Math.Round((decimal)count / TotalSent, 4);
}

internal static class CampaignStats
{
    /// <summary>All campaigns together.</summary>
    public static async Task<Ok<CampaignStatsResponse>> Handle(OutreachDb db, CurrentUser user, CancellationToken ct)
    {
        var groups = await db.Campaigns.AsNoTracking().VisibleTo(user, CampaignPermissions.Read)
            .GroupBy(c => new { c.Status, c.CampaignType }).Select(g => new
            {
                g.Key.Status, g.Key.CampaignType, Count = g.Count(), Sent = g.Sum(c => (long)c.SentCount),
                Delivered = g.Sum(c => (long)c.DeliveredCount),
                Opened = g.Sum(c => (long)c.OpenedCount), Clicked = g.Sum(c => (long)c.ClickedCount),
            }).ToListAsync(ct);
        return TypedResults.Ok(new CampaignStatsResponse(
            groups.Sum(g => g.Count), groups.Sum(g => g.Sent), groups.Sum(g => g.Delivered), groups.Sum(g => g.Opened),
            groups.Sum(g => g.Clicked),
            groups.GroupBy(g => g.Status).ToDictionary(g => Vocabulary.Word(g.Key), g => g.Sum(x => x.Count)),
            groups.GroupBy(g => g.CampaignType).ToDictionary(g => Vocabulary.Word(g.Key), g => g.Sum(x => x.Count))));
    }
}
