using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>What happens to leads brings them into sequences, each lead once in the life of a sequence.</summary>
internal sealed class SequenceTriggers(OutreachDb db, ILeadAudience audience, Enrolling enrolling) : IEventHandler<LeadCreated>,
    IEventHandler<LeadUpdated>
{
    public const string Subscription = "nurturing.triggers";

    public Task HandleAsync(LeadCreated happened, EventContext context, CancellationToken ct) =>
        happened.StartsSequences ? EnrollAsync(happened.LeadId, [SequenceTrigger.LeadCreated], happened.Status, (_, _) => true, ct)
            : Task.CompletedTask;

    public Task HandleAsync(LeadUpdated happened, EventContext context, CancellationToken ct)
    {
        var triggers = new List<SequenceTrigger>();
        if (happened.Changed.Contains("status")) triggers.Add(SequenceTrigger.StatusChanged);
        if (happened.TagsAdded.Count > 0) triggers.Add(SequenceTrigger.TagAdded);
        if (happened.Changed.Contains("score")) triggers.Add(SequenceTrigger.ScoreChanged);
        return triggers.Count == 0 ? Task.CompletedTask
            : EnrollAsync(happened.LeadId, [.. triggers], happened.Status, (trigger, wish) => trigger switch
            {
                SequenceTrigger.StatusChanged => wish.Status.Contains(happened.Status),
                SequenceTrigger.TagAdded => wish.Tags.Intersect(happened.TagsAdded).Any(),
                _ => happened.Score >= wish.MinScore,
            }, ct);
    }

    private async Task EnrollAsync(LeadId lead, SequenceTrigger?[] triggers, LeadStatus status, Func<SequenceTrigger, LeadWish, bool> fits,
        CancellationToken ct)
    {
        var sequences = await db.Sequences.AsNoTracking()
            .Where(s => s.Status == SequenceStatus.Active && s.Trigger != null && triggers.Contains(s.Trigger)).ToListAsync(ct);
        foreach (var sequence in sequences.Where(s => !s.ExitsAt(status) && fits(s.Trigger!.Value, s.TriggerWish)))
        {
            // The filter asks how the lead stands now: an event may be late.
            if ((await audience.PageAsync(sequence.TriggerWish with { LeadIds = [lead] }, null, 1, ct)).Count == 0) continue;
            await enrolling.EnrollAsync(sequence.Id, [lead], Source(sequence.Trigger!.Value), again: false, ct);
        }
    }

    private static EnrollmentSource Source(SequenceTrigger trigger) => trigger switch
    {
        SequenceTrigger.LeadCreated => EnrollmentSource.LeadCreated,
        SequenceTrigger.StatusChanged => EnrollmentSource.StatusChanged,
        SequenceTrigger.TagAdded => EnrollmentSource.TagAdded,
        _ => EnrollmentSource.ScoreChanged,
    };
}

/// <summary>Who answers, or comes to a status that a sequence ends at, leaves it.</summary>
internal sealed class SequenceExits(LeavingSequences leaving) : IEventHandler<LeadReplied>, IEventHandler<LeadUpdated>
{
    public const string Subscription = "nurturing.exits";

    public Task HandleAsync(LeadReplied happened, EventContext context, CancellationToken ct) =>
        leaving.ExitAsync("s.exit_on_reply and e.created_at <= $3", context.OccurredAt, ExitReason.Replied, ct, happened.LeadId);

    public async Task HandleAsync(LeadUpdated happened, EventContext context, CancellationToken ct)
    {
        if (happened.Changed.Contains("deleted_at"))
            await leaving.ExitAsync("e.created_at <= $3", context.OccurredAt, ExitReason.LeadDeleted, ct, happened.LeadId);
        else if (happened.Changed.Contains("status"))
            await leaving.ExitAsync("$3 = any (s.exit_on_status)", Vocabulary.Word(happened.Status), ExitReason.StatusChanged, ct,
                happened.LeadId);
    }
}
