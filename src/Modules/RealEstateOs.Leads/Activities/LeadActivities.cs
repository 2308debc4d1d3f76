using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

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
        LeadId id, AddLeadActivityRequest request, LeadsDb db, CurrentUser user, LeadScoring scoring,
        IPropertyReader properties, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Update, ct) is not { } lead) return TypedResults.NotFound();
        if (request.PropertyId is { } property) await properties.RequireAsync([property], ct);
        var activity = new LeadActivity { LeadId = id };
        request.ApplyTo(activity);
        db.Add(activity);
        if (activity.ReachedAt(clock.Now()) is { } reached) lead.Contacted(reached);
        if (activity.IsReply)
            db.Raise(() => new LeadReplied(lead.Id, lead.TeamId, lead.AssignedTo, activity.ActivityType, activity.Description));
        db.AddTimeline(lead, "activity_added", "Activity Recorded",
            $"{Vocabulary.Word(activity.ActivityType)}: {activity.Subject ?? activity.Description}");
        await db.SaveAsync(lead, scoring, ct);
        await TellViewingAsync(db, lead, activity, null, ct);
        return TypedResults.Created((string?)null, LeadActivityResponse.Of(activity));
    }

    /// <summary>Changes an activity: its outcome, its time, that it is done.</summary>
    public static async Task<Results<Ok<LeadActivityResponse>, NotFound>> Update(
        LeadId id, LeadActivityId activityId, UpdateLeadActivityRequest request, LeadsDb db, CurrentUser user, LeadScoring scoring,
        IPropertyReader properties, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Update, ct) is not { } lead) return TypedResults.NotFound();
        if (await db.Activities.FirstOrDefaultAsync(a => a.Id == activityId && a.LeadId == id, ct) is not { } activity)
            return TypedResults.NotFound();
        if (request.PropertyId is { } property && property != activity.PropertyId) await properties.RequireAsync([property], ct);
        var wasDone = activity.CompletedAt;
        var planned = activity.ActivityType == LeadActivityType.Viewing ? activity.ScheduledAt : null;
        request.ApplyTo(activity);
        if (wasDone is null && activity.CompletedAt is not null && activity.ReachedAt(clock.Now()) is { } reached) lead.Contacted(reached);
        await db.SaveAsync(lead, scoring, ct);
        await TellViewingAsync(db, lead, activity, planned, ct);
        return TypedResults.Ok(LeadActivityResponse.Of(activity));
    }

    // Its id is known only once it was saved.
    private static async Task TellViewingAsync(LeadsDb db, Lead lead, LeadActivity activity, DateTimeOffset? before, CancellationToken ct)
    {
        if (activity.ActivityType != LeadActivityType.Viewing || activity.IsCancelled || activity.CompletedAt is not null) return;
        if (activity.ScheduledAt is not { } at || at == before) return;
        var by = db.Work.Tenant.User;
        db.Raise(() => new ViewingScheduled(lead.Id, activity.Id, activity.PropertyId, lead.TeamId, lead.AssignedTo, at, before, by));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What was done about the lead, the latest first.</summary>
    public static async Task<Results<ListResult<LeadActivityResponse>, NotFound>> List(LeadId id, ListRequest list, LeadsDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.Activities.AsNoTracking().Where(a => a.LeadId == id), Spec, a => a.Id,
                    LeadActivityResponse.Projection, ct)
                : TypedResults.NotFound();
}
