using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>Keeps the steps beside the messages that were posted for them; who says no on the way leaves the sequence.</summary>
internal sealed class StepMessages(OutreachDb db, ISuppressionList suppressions, ILeadWork leads, LeavingSequences leaving)
    : DeliveryOwner(db, suppressions, leads)
{
    public override string Prefix => StepRunId.Prefix;

    protected override string Table => "outreach.step_runs";

    protected override Task FollowAsync(long id, MessageEvent happened, CancellationToken ct) =>
        happened.Kind is not (MessageEventKind.Unsubscribed or MessageEventKind.Complained) ? Task.CompletedTask
            : leaving.ExitAsync("e.id = (select enrollment_id from outreach.step_runs where id = $3)", id, ExitReason.Unsubscribed, ct);

    /// <summary>The step counts as not done, and is what the lead goes on with. Steps after it that were done stay done.</summary>
    protected override async Task<bool> PutBackAsync(LeavingMessage message, CancellationToken ct)
    {
        await Db.Work.BeginAsync(ct);
        var gone = await Db.Database.SqlQuery<Gone>(
            $"""
             delete from outreach.step_runs where id = {message.Id} and message_id = {message.MessageId} and state in ('queued', 'failed')
             returning enrollment_id as "Enrollment", step as "Step"
             """).ToListAsync(ct);
        foreach (var (enrollment, step) in gone.Select(g => (g.Enrollment, g.Step)))
            await Db.Database.ExecuteSqlAsync(
                $"""
                 update outreach.enrollments e set step = least(e.step, {step}), next_run_at = {Db.Work.Clock.Now()}, ended_at = null,
                     status = case when e.status = 'completed' then 'active' else e.status end,
                     held = (select s.status = 'paused' from outreach.sequences s where s.id = e.sequence_id)
                 where e.id = {enrollment} and (e.status in ('active', 'paused') or (e.status = 'completed'
                     and not exists (select from outreach.enrollments o where o.sequence_id = e.sequence_id and o.lead_id = e.lead_id
                         and o.status in ('active', 'paused'))))
                 """, ct);
        await Db.Work.CommitAsync(ct);
        return true;
    }

    private sealed record Gone(long Enrollment, int Step);
}
