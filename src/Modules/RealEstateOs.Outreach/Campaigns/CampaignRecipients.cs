using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Outreach.Campaigns;

public sealed record RecipientResponse(
    RecipientId Id, CampaignId CampaignId, LeadId LeadId, string Address, RecipientState State, string? Reason, DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt, DateTimeOffset? OpenedAt,
    DateTimeOffset? ClickedAt, DateTimeOffset? BouncedAt, DateTimeOffset? UnsubscribedAt);

internal static class CampaignRecipients
{
    private static readonly ListSpec<CampaignRecipient> Spec = new ListSpec<CampaignRecipient>()
        .Is("state", r => r.State).Is("lead_id", r => r.LeadId).Is("address", r => r.Address)
        .Sort("created_at", r => r.CreatedAt)
        .By("created_at");

    /// <summary>The people of a campaign, and what became of their messages.</summary>
    public static async Task<Results<ListResult<RecipientResponse>, NotFound>> List(CampaignId id, ListRequest list, OutreachDb db, CurrentUser user, CancellationToken ct) =>
        await db.Campaigns.VisibleTo(user, CampaignPermissions.Read).AnyAsync(c => c.Id == id, ct)
            ? await list.PageAsync(db.Recipients.AsNoTracking().Where(r => r.CampaignId == id), Spec, r => r.Id, r => new RecipientResponse(
                r.Id, r.CampaignId, r.LeadId, r.Address, r.State, r.Reason, r.SentAt, r.DeliveredAt, r.OpenedAt, r.ClickedAt, r.BouncedAt, r.UnsubscribedAt), ct)
            : TypedResults.NotFound();
}
