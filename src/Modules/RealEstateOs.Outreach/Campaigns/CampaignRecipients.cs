using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Outreach.Campaigns;

/// <param name="Address">Null where the reader may not see the lead.</param>
/// <param name="Reason">Why nothing was sent, a word for programs; null where something was.</param>
/// <param name="MachineOpenedAt">When a program first fetched the mail's picture.</param>
/// <param name="MachineClickedAt">When a program first followed a link.</param>
/// <param name="OpenedAt">When a person first opened it.</param>
/// <param name="ClickedAt">When a person first followed a link.</param>
/// <param name="SentAt">When it left; null until then.</param>
/// <param name="DeliveredAt">When the recipient's side took it; null where it did not say.</param>
/// <param name="BouncedAt">When the recipient's side refused it.</param>
/// <param name="UnsubscribedAt">When the person said that they want no more.</param>
public sealed record RecipientResponse(
    RecipientId Id, CampaignId CampaignId, LeadId LeadId, string? Address, RecipientState State, string? Reason, DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? OpenedAt,
    DateTimeOffset? ClickedAt, DateTimeOffset? MachineOpenedAt, DateTimeOffset? MachineClickedAt, DateTimeOffset? BouncedAt,
    DateTimeOffset? UnsubscribedAt);

internal static class CampaignRecipients
{
    private static readonly ListSpec<CampaignRecipient> Spec = Filters(), WithAddress = Filters().Is("address", r => r.Address);

    /// <summary>The people of a campaign, and what became of their messages. <c>address</c> filters for who may read all leads.</summary>
    public static async Task<Results<ListResult<RecipientResponse>, NotFound>> List(
        CampaignId id, ListRequest list, OutreachDb db, CurrentUser user, ILeadReader leads, CancellationToken ct)
    {
        if (!await db.Campaigns.VisibleTo(user, CampaignPermissions.Read).AnyAsync(c => c.Id == id, ct)) return TypedResults.NotFound();
        var seesAll = user.ReachOf(Audience.Permission) == Reach.All;
        var people = db.CampaignRecipients.AsNoTracking().Where(r => r.CampaignId == id);
        return await list.PageAsync(people, seesAll ? WithAddress : Spec, r => r.Id, r => new RecipientResponse(
                r.Id, r.CampaignId, r.LeadId, r.Address, r.State, r.Reason, r.SentAt, r.DeliveredAt, r.OpenedAt, r.ClickedAt,
                r.MachineOpenedAt, r.MachineClickedAt, r.BouncedAt, r.UnsubscribedAt),
            page => seesAll ? Task.FromResult(page) : WithoutStrangersAsync(page, leads, ct), ct);
    }

    private static async Task<IReadOnlyList<RecipientResponse>> WithoutStrangersAsync(IReadOnlyList<RecipientResponse> page,
        ILeadReader leads, CancellationToken ct)
    {
        var seen = await leads.SummariesAsync([.. page.Select(r => r.LeadId)], ct);
        return [.. page.Select(r => seen.ContainsKey(r.LeadId) ? r : r with { Address = null })];
    }

    private static ListSpec<CampaignRecipient> Filters() => new ListSpec<CampaignRecipient>()
        .Is("state", r => r.State).Is("lead_id", r => r.LeadId)
        .Sort("created_at", r => r.CreatedAt)
        .By("created_at");
}
