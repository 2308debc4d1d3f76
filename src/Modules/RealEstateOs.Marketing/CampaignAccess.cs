using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Marketing;

/// <summary>Finds campaigns for whoever may have them.</summary>
internal static class CampaignAccess
{
    public static Task<MarketingCampaign?> FindAsync(this MarketingDb db, MarketingCampaignId id, CurrentUser user, string permission,
        CancellationToken ct) =>
            db.Campaigns.VisibleTo(user, permission).FirstOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>The same under a lock: two who decide at once take turns, the second meets what the first decided.</summary>
    public static async Task<MarketingCampaign?> LockedAsync(this MarketingDb db, MarketingCampaignId id, CurrentUser user,
        string permission, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from marketing.campaigns where id = {id.Value} for update", ct);
        return await db.FindAsync(id, user, permission, ct);
    }
}
