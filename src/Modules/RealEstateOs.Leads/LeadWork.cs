using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads;

/// <summary>What other modules cause on leads, within the current organization and the caller's transaction.</summary>
internal sealed class LeadWork(LeadsDb db, LeadScoring scoring, TimeProvider clock) : ILeadWork
{
    public async Task<IReadOnlyList<LeadActivityId>> AddTasksAsync(IReadOnlyList<LeadTask> tasks, CancellationToken ct)
    {
        if (tasks.Count == 0) return [];
        tasks = await StandingAsync(tasks, ct);
        var activities = tasks.Select(t => new LeadActivity
        {
            LeadId = t.LeadId, ActivityType = t.Type, Direction = ActivityDirection.Outbound, Subject = t.Subject,
            Description = t.Description, ScheduledAt = t.DueAt, Metadata = t.Metadata,
        }).ToArray();
        await db.InsertManyAsync<LeadActivity, LeadActivityId>(activities, ct);
        await db.InsertManyAsync([.. tasks.Select(t => new TimelineEntry<LeadId>
        {
            RecordId = t.LeadId, OrganizationId = db.CurrentOrganization, EventType = "activity_added", EventTitle = "Task Planned",
            EventDescription = $"{Vocabulary.Word(t.Type)}: {t.Subject}",
            CreatedBy = db.Work.Tenant.User, CreatedAt = clock.Now(),
        })], ct);
        return [.. activities.Select(a => a.Id)];
    }

    // A lead may have been merged since the task was planned; held, it can't be any more.
    private async Task<IReadOnlyList<LeadTask>> StandingAsync(IReadOnlyList<LeadTask> tasks, CancellationToken ct)
    {
        var ids = tasks.Select(t => t.LeadId.Value).Distinct().ToArray();
        var held = db.Leads.FromSql($"select *, xmin from leads.leads where id = any({ids}) order by id for key share");
        var went = await held.WithDeleted()
            .Where(l => l.MergedIntoId != null).Select(l => new { l.Id, Into = l.MergedIntoId!.Value }).ToDictionaryAsync(l => l.Id,
                l => l.Into, ct);
        return went.Count == 0 ? tasks : [.. tasks.Select(t => t with { LeadId = went.GetValueOrDefault(t.LeadId, t.LeadId) })];
    }

    public async Task WrittenToAsync(LeadId lead, MessageChannel channel, string? subject, string text, CancellationToken ct)
    {
        if (await db.StandingAsync(lead, ct) is not { } found) return;
        var (way, now) = (channel == MessageChannel.Sms ? LeadActivityType.Sms : LeadActivityType.Email, clock.Now());
        db.Add(new LeadActivity { LeadId = found.Id, ActivityType = way, Direction = ActivityDirection.Outbound, Subject = subject,
            Description = text, CompletedAt = now });
        found.Contacted(now);
        db.AddTimeline(found, "message_sent", way == LeadActivityType.Sms ? "Text Message Sent" : "Email Sent", subject ?? text);
        await db.SaveAsync(found, scoring, ct);
    }

    public async Task RepliedAsync(LeadId lead, MessageChannel channel, string? text, CancellationToken ct)
    {
        if (await db.StandingAsync(lead, ct) is not { } found) return;
        var way = channel == MessageChannel.Sms ? LeadActivityType.Sms : LeadActivityType.Email;
        db.Add(new LeadActivity { LeadId = found.Id, ActivityType = way, Direction = ActivityDirection.Inbound, Subject = "Reply",
            Description = text ?? "", CompletedAt = clock.Now() });
        db.AddTimeline(found, "reply_received", "Reply Received", text);
        db.Raise(() => new LeadReplied(found.Id, found.TeamId, found.AssignedTo, way, text));
        await db.SaveAsync(found, scoring, ct);
    }
}
