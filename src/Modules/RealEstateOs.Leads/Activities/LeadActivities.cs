using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Records;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Activities;

internal static class LeadActivities
{
    private static readonly ListSpec<LeadActivity> Spec = new ListSpec<LeadActivity>()
        .Is("activity_type", a => a.ActivityType)
        .Is("created_by", a => a.CreatedBy)
        .Flag("is_cancelled", a => a.IsCancelled)
        .Range("scheduled_at", a => a.ScheduledAt)
        .Range("created_at", a => a.CreatedAt)
        .Sort("created_at", a => a.CreatedAt).Sort("scheduled_at", a => a.ScheduledAt)
        .By("-created_at");

    /// <summary>
    /// Records what was done about the lead or is planned; the first outbound call, mail, message or meeting is its response time.
    /// </summary>
    public static async Task<Results<Created<LeadActivityResponse>, NotFound>> Add(
        LeadId id, AddLeadActivityRequest request, LeadsDb db, CurrentUser user, LeadScoring scoring, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Update, ct) is not { } lead) return TypedResults.NotFound();
        var activity = new LeadActivity { LeadId = id };
        request.ApplyTo(activity);
        db.Add(activity);
        if (activity.ReachedAt(clock.Now()) is { } reached) lead.Contacted(reached);
        if (activity.IsReply)
            db.Raise(() => new LeadReplied(lead.Id, lead.TeamId, lead.AssignedTo, activity.ActivityType, activity.Description));
        db.Note(lead, "activity_added", "Activity Recorded",
            $"{Vocabulary.Word(activity.ActivityType)}: {activity.Subject ?? activity.Description}");
        await db.SaveAsync(lead, scoring, ct);
        return TypedResults.Created((string?)null, LeadActivityResponse.Of(activity));
    }

    /// <summary>Changes an activity: its outcome, its time, that it is done.</summary>
    public static async Task<Results<Ok<LeadActivityResponse>, NotFound>> Update(
        LeadId id, LeadActivityId activityId, UpdateLeadActivityRequest request, LeadsDb db, CurrentUser user, LeadScoring scoring,
        TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Update, ct) is not { } lead) return TypedResults.NotFound();
        if (await db.Activities.FirstOrDefaultAsync(a => a.Id == activityId && a.LeadId == id, ct) is not { } activity)
            return TypedResults.NotFound();
        var wasDone = activity.CompletedAt;
        request.ApplyTo(activity);
        if (wasDone is null && activity.CompletedAt is not null && activity.ReachedAt(clock.Now()) is { } reached) lead.Contacted(reached);
        await db.SaveAsync(lead, scoring, ct);
        return TypedResults.Ok(LeadActivityResponse.Of(activity));
    }

    /// <summary>What was done about the lead, the latest first.</summary>
    public static async Task<Results<ListResult<LeadActivityResponse>, NotFound>> List(LeadId id, ListRequest list, LeadsDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.Activities.AsNoTracking().Where(a => a.LeadId == id), Spec, a => a.Id,
                    LeadActivityResponse.Projection, ct)
                : TypedResults.NotFound();
}
