using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Records;

/// <param name="EventType">A word for programs, such as <c>status_changed</c>.</param>
/// <param name="EventTitle">The same for people.</param>
/// <param name="Id">Number of the entry; a later entry has a higher one.</param>
/// <param name="EventDescription">Details, such as the status before and after; null where the title says all.</param>
public sealed record LeadTimelineResponse(
    long Id, LeadId LeadId, string EventType, string EventTitle, string? EventDescription, UserId? CreatedBy, DateTimeOffset CreatedAt);

internal sealed class LeadTimelineMapping : TimelineMapping<LeadId>;

internal static class LeadTimeline
{
    private static readonly ListSpec<TimelineEntry<LeadId>> Spec = new ListSpec<TimelineEntry<LeadId>>()
        .Is("event_type", e => e.EventType)
        .Sort("created_at", e => e.CreatedAt)
        .By("created_at");

    /// <summary>What happened to the lead, oldest first.</summary>
    public static async Task<Results<ListResult<LeadTimelineResponse>, NotFound>> Handle(LeadId id, ListRequest list, LeadsDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.Timeline.Where(e => e.RecordId == id), Spec, e => e.Id,
                    e => new LeadTimelineResponse(
                        e.Id, e.RecordId, e.EventType, e.EventTitle, e.EventDescription, e.CreatedBy, e.CreatedAt), ct)
                : TypedResults.NotFound();
}
