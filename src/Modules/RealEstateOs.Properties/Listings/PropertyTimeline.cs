using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Listings;

/// <param name="EventType">A word for programs, such as <c>stage_changed</c>.</param>
/// <param name="EventTitle">The same for people.</param>
/// <param name="Id">Number of the entry; a later entry has a higher one.</param>
/// <param name="EventDescription">Details, such as the stages before and after; null where the title says all.</param>
public sealed record TimelineEntryResponse(
    long Id, PropertyId PropertyId, string EventType, string EventTitle, string? EventDescription, UserId? CreatedBy,
    DateTimeOffset CreatedAt);

internal sealed class PropertyTimelineMapping : TimelineMapping<PropertyId>;

internal static class PropertyTimeline
{
    private static readonly ListSpec<TimelineEntry<PropertyId>> Spec = new ListSpec<TimelineEntry<PropertyId>>()
        .Is("event_type", e => e.EventType)
        .Sort("created_at", e => e.CreatedAt)
        .By("created_at");

    /// <summary>What happened to the property, oldest first.</summary>
    public static async Task<Results<ListResult<TimelineEntryResponse>, NotFound>> Handle(PropertyId id, ListRequest list, PropertiesDb db,
        CurrentUser user, CancellationToken ct)
    {
        if (!await db.SeesAsync(id, user, ct)) return TypedResults.NotFound();
        return await list.PageAsync(db.Timeline.Where(e => e.RecordId == id), Spec, e => e.Id,
            e => new TimelineEntryResponse(e.Id, e.RecordId, e.EventType, e.EventTitle, e.EventDescription, e.CreatedBy, e.CreatedAt),
            ct);
    }
}
