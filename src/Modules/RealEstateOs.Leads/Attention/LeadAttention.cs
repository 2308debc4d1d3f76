using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Leads.Attention;

/// <summary>Why a lead needs somebody, the most urgent first.</summary>
public enum AttentionReason
{
    /// <summary>They wrote or called, and nobody has answered.</summary>
    Unanswered,
    /// <summary>Something planned was not done.</summary>
    Overdue,
    /// <summary>New, and nobody has reached out.</summary>
    NotContacted,
    /// <summary>A high score, no contact for days, and nothing planned.</summary>
    HotAndQuiet,
    /// <summary>In work, no contact for long, and nothing planned.</summary>
    Quiet,
}

/// <param name="Since">When it began: their message, the time that was planned, the day they came, the last contact.</param>
/// <param name="Text">The same for a person.</param>
public sealed record AttentionNeed(AttentionReason Reason, DateTimeOffset Since, string Text);

/// <summary>A lead with its reasons.</summary>
internal sealed record LeadInNeed(Lead Lead, List<AttentionNeed> Needs)
{
    public AttentionReason First => Needs.Min(n => n.Reason);
}

/// <summary>Finds the leads that need somebody by five stated rules, each by an index of its own, at most so many of each.</summary>
internal sealed class LeadAttention(LeadsDb db, IOptions<AttentionOptions> options, TimeProvider clock)
{
    private const int InboundDays = 60;

    private static readonly LeadStatus[] Ended = [LeadStatus.Converted, LeadStatus.Lost, LeadStatus.Unqualified];
    private static readonly LeadStatus[] InWork = [LeadStatus.Contacted, LeadStatus.Qualified, LeadStatus.Nurturing];
    private static readonly LeadActivityType[] Replies = [LeadActivityType.Call, LeadActivityType.Email, LeadActivityType.Sms,
        LeadActivityType.Meeting];

    public async Task<List<LeadInNeed>> FindAsync(CurrentUser user, UserId? agent, int limit, CancellationToken ct)
    {
        var (now, rules) = (clock.GetUtcNow(), options.Value);
        var leads = db.Leads.AsNoTracking().VisibleTo(user, LeadsPermissions.Read);
        if (agent is not null) leads = leads.Where(l => l.AssignedTo == agent);
        var open = leads.Where(l => !Ended.Contains(l.Status));
        var unplanned = leads.Where(
            l => InWork.Contains(l.Status)
                && !db.Activities.Any(a => a.LeadId == l.Id && a.CompletedAt == null && a.ScheduledAt >= now && !a.IsCancelled));
        var found = new Dictionary<LeadId, LeadInNeed>();

        var inbound = db.Activities.Where(
            a => a.Direction == ActivityDirection.Inbound && Replies.Contains(a.ActivityType) && a.CreatedAt > now.AddDays(-InboundDays));
        foreach (var row in await open.Join(inbound, l => l.Id, a => a.LeadId, (l, a) => new { l, a.ActivityType, a.CreatedAt })
                     .Where(x => x.l.LastContactedAt == null || x.l.LastContactedAt < x.CreatedAt).OrderBy(x => x.CreatedAt).Take(limit)
            .ToListAsync(ct))
            Add(row.l, AttentionReason.Unanswered, row.CreatedAt,
                $"{row.ActivityType} of {row.CreatedAt:yyyy-MM-dd HH:mm} UTC has no answer");

        // What was called off is neither planned nor undone.
        var undone = db.Activities.Where(a => a.CompletedAt == null && a.ScheduledAt < now && !a.IsCancelled);
        foreach (var row in await open.Join(undone, l => l.Id, a => a.LeadId, (l, a) => new { l, a.ActivityType, a.Subject, a.ScheduledAt })
            .OrderBy(x => x.ScheduledAt).Take(limit).ToListAsync(ct))
            Add(row.l, AttentionReason.Overdue, row.ScheduledAt!.Value,
                $"{row.Subject ?? row.ActivityType.ToString()} was planned for {row.ScheduledAt:yyyy-MM-dd HH:mm} UTC and is not done");

        var before = now.AddHours(-rules.FirstContactHours);
        foreach (var lead in await leads.Where(l => l.Status == LeadStatus.New && l.LastContactedAt == null && l.CreatedAt < before)
            .OrderBy(l => l.CreatedAt).Take(limit).ToListAsync(ct))
            Add(lead, AttentionReason.NotContacted, lead.CreatedAt, $"Nobody has reached out since {lead.CreatedAt:yyyy-MM-dd HH:mm} UTC");

        var hotSince = now.AddDays(-rules.HotDays);
        foreach (var lead in await unplanned.Where(l => l.Score >= rules.HotScore && l.LastContactedAt < hotSince)
            .OrderBy(l => l.LastContactedAt).Take(limit).ToListAsync(ct))
            Add(lead, AttentionReason.HotAndQuiet, lead.LastContactedAt!.Value,
                $"Score {lead.Score}, and no contact since {lead.LastContactedAt:yyyy-MM-dd}; nothing is planned");

        var quietSince = now.AddDays(-rules.QuietDays);
        foreach (var lead in await unplanned.Where(l => l.LastContactedAt < quietSince).OrderBy(l => l.LastContactedAt).Take(limit)
            .ToListAsync(ct))
            if (!found.TryGetValue(lead.Id, out var known) || known.Needs.All(n => n.Reason != AttentionReason.HotAndQuiet))
                Add(lead, AttentionReason.Quiet, lead.LastContactedAt!.Value,
                    $"No contact since {lead.LastContactedAt:yyyy-MM-dd}; nothing is planned");

        return [.. found.Values.OrderBy(l => l.First).ThenByDescending(l => l.Lead.Score).ThenBy(l => l.Needs.Min(n => n.Since))
            .Take(limit)];

        void Add(Lead lead, AttentionReason reason, DateTimeOffset since, string text)
        {
            if (!found.TryGetValue(lead.Id, out var need)) found[lead.Id] = need = new(lead, []);
            if (need.Needs.All(n => n.Reason != reason)) need.Needs.Add(new(reason, since, text));
        }
    }
}
