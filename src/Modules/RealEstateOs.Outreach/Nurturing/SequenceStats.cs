using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>
/// A step under its key, over all versions of the steps. Rates are shares of what was sent, null while nothing was; <see cref="Note"/> says
/// what can't be measured.
/// </summary>
/// <param name="Done">How often leads came past it, with those who got nothing.</param>
/// <param name="Queued">Waiting to leave.</param>
/// <param name="Suppressed">Not written to: said no, or is on the suppression list.</param>
/// <param name="TrueBranch">Of a condition: how often it held.</param>
/// <param name="StepKey">Name of the step within its sequence.</param>
/// <param name="Sent">Messages that left.</param>
/// <param name="Failed">Messages that could not be sent.</param>
/// <param name="Cancelled">Messages that were called off before they left.</param>
/// <param name="Opened">Opened by a person; null where it can't be measured.</param>
/// <param name="Clicked">With a link that a person followed; null where it can't be measured.</param>
/// <param name="Replied">Answered; null where it can't be measured.</param>
/// <param name="Bounced">Refused by the recipient's side; null where it can't be measured.</param>
/// <param name="Unsubscribed">Where the person wanted no more; null where it can't be measured.</param>
/// <param name="Note">What can't be measured, and why; null where all can.</param>
public sealed record StepStats(
    string StepKey, StepType Type, int Done, int Queued, int Sent, int Failed, int Suppressed, int Cancelled, int? Opened, int? Clicked,
    int? Replied, int? Bounced, int? Unsubscribed,
    int? TrueBranch, string? Note)
{
    /// <summary>Opened ÷ sent, 0 to 1.</summary>
    public decimal? OpenRate => Rate(Opened);

    /// <summary>Clicked ÷ sent, 0 to 1.</summary>
    public decimal? ClickRate => Rate(Clicked);

    /// <summary>Answered ÷ sent, 0 to 1.</summary>
    public decimal? ReplyRate => Rate(Replied);

    private decimal? Rate(int? count) => Sent == 0 || count is null ? null : Math.Round((decimal)count.Value / Sent, 4);
}

/// <summary>Counted from the rows there are.</summary>
/// <param name="Enrolled">Everybody who ever was in it, by enrollment.</param>
/// <param name="ExitedByReason">Those who left before the end, by reason.</param>
/// <param name="AvgDaysToComplete">Of those who came to the end.</param>
/// <param name="Active">Enrollments that walk on.</param>
/// <param name="Paused">Enrollments that wait with the sequence.</param>
/// <param name="Completed">Enrollments that came to the end.</param>
/// <param name="Exited">Enrollments that ended before it.</param>
/// <param name="Steps">Step by step, over all versions.</param>
public sealed record SequenceStatsResponse(
    SequenceId SequenceId, int Enrolled, int Active, int Paused, int Completed, int Exited, IReadOnlyDictionary<string, int> ExitedByReason,
    decimal? AvgDaysToComplete, IReadOnlyList<StepStats> Steps);

internal static class SequenceStats
{
    /// <summary>Where the leads of a sequence are, and what came of each step.</summary>
    public static async Task<Results<Ok<SequenceStatsResponse>, NotFound>> Handle(SequenceId id, OutreachDb db, CurrentUser user,
        CancellationToken ct)
    {
        var visible = db.Sequences.AsNoTracking().VisibleTo(user, NurturingPermissions.Read);
        if (await visible.Where(s => s.Id == id).Select(s => s.Steps).FirstOrDefaultAsync(ct) is not { } steps)
            return TypedResults.NotFound();
        var groups = await db.Enrollments.AsNoTracking().Where(e => e.SequenceId == id).GroupBy(e => new { e.Status, e.ExitReason })
            .Select(g => new { g.Key.Status, g.Key.ExitReason, Count = g.Count() }).ToListAsync(ct);
        var days = await db.Database.SqlQuery<decimal?>(
            $"""
             select (avg(extract(epoch from ended_at - created_at)) / 86400)::numeric(18, 2) as "Value"
             from outreach.enrollments where sequence_id = {id.Value} and status = 'completed'
             """).SingleAsync(ct);
        var done = await db.StepRuns.AsNoTracking().Where(r => r.SequenceId == id).GroupBy(r => new { r.StepKey, r.Type }).Select(g => new
        {
            g.Key.StepKey, g.Key.Type, Count = g.Count(), Queued = g.Count(r => r.State == StepState.Queued),
            Sent = g.Count(r => r.SentAt != null), Failed = g.Count(r => r.State == StepState.Failed),
            Suppressed = g.Count(r => r.State == StepState.Suppressed), Cancelled = g.Count(r => r.State == StepState.Cancelled),
            Opened = g.Count(r => r.OpenedAt != null),
            Clicked = g.Count(r => r.ClickedAt != null), Replied = g.Count(r => r.RepliedAt != null),
            Bounced = g.Count(r => r.BouncedAt != null),
            Unsubscribed = g.Count(r => r.UnsubscribedAt != null), Yes = g.Count(r => r.Branch == true),
        }).ToListAsync(ct);
        int Count(EnrollmentStatus status) => groups.Where(g => g.Status == status).Sum(g => g.Count);
        var order = steps.Select((s, i) => (s.Key, i)).ToDictionary(s => s.Key!, s => s.i);
        var current = steps.Where(s => done.All(d => d.StepKey != s.Key)).Select(s => Of(s.Key!, s.Type!.Value, new int[12]));
        return TypedResults.Ok(new SequenceStatsResponse(
            id, groups.Sum(g => g.Count), Count(EnrollmentStatus.Active), Count(EnrollmentStatus.Paused), Count(EnrollmentStatus.Completed),
            Count(EnrollmentStatus.Exited),
            groups.Where(g => g.ExitReason is not null).GroupBy(g => g.ExitReason!.Value).ToDictionary(g => Vocabulary.Word(g.Key),
                g => g.Sum(x => x.Count)), days,
            [.. done.Select(d => Of(d.StepKey, d.Type, [d.Count, d.Queued, d.Sent, d.Failed, d.Suppressed, d.Cancelled, d.Opened, d.Clicked,
                d.Replied, d.Bounced, d.Unsubscribed, d.Yes])).Concat(current)
                .OrderBy(s => order.GetValueOrDefault(s.StepKey, int.MaxValue)).ThenBy(s => s.StepKey, StringComparer.Ordinal)]));
    }

    private static StepStats Of(string key, StepType type, int[] n)
    {
        var (mail, message) = (type == StepType.Email, type is StepType.Email or StepType.Sms);
        return new StepStats(key, type, n[0], n[1], n[2], n[3], n[4], n[5], mail ? n[6] : null, mail ? n[7] : null, message ? n[8] : null,
            message ? n[9] : null, message ? n[10] : null,
            type == StepType.Condition ? n[11] : null,
            type == StepType.Sms ? "A text message tells neither openings nor clicks." : message ? null : "Sends nothing.");
    }
}
