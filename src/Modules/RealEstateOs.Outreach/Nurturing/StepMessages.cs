using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>
/// Keeps the steps beside the messages that were posted for them, and stops at the last moment what may not leave any more.
/// </summary>
internal sealed class StepMessages(OutreachDb db, LastCheck lastCheck, ILeadWork leads, LeavingSequences leaving, TimeProvider clock)
    : IMessageOwner
{
    public string Prefix => StepRunId.Prefix;

    public async Task<IReadOnlyDictionary<long, string>> WithholdAsync(IReadOnlyCollection<LeavingMessage> messages, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<Standing>(
            $"""
             select r.id as "Id", r.state as "State", r.message_id as "MessageId", r.type as "Type", e.status as "Status", s.status = 'paused' as "Held"
             from outreach.step_runs r join outreach.enrollments e on e.id = r.enrollment_id
                 join outreach.sequences s on s.id = e.sequence_id
             where r.id = any({messages.Select(m => m.Id).ToArray()})
             """).ToDictionaryAsync(r => r.Id, ct);
        var withheld = new Dictionary<long, string>();
        foreach (var message in messages)
            if (await WithholdAsync(message, rows.GetValueOrDefault(message.Id), ct) is { } reason) withheld[message.MessageId] = reason;
        foreach (var channel in messages.Where(m => !withheld.ContainsKey(m.MessageId))
            .GroupBy(m => rows[m.Id].Type == "sms" ? MessageChannel.Sms : MessageChannel.Email))
        {
            var refusals = await lastCheck.RefusalsAsync(channel.Key, [.. channel.Select(m => m.Recipient)], ct);
            foreach (var message in channel)
                if (refusals.TryGetValue(message.Recipient, out var reason))
                    withheld[message.MessageId] = await SettleAsync(message.Id, message.MessageId, "suppressed", reason, ct);
        }
        return withheld;
    }

    private async Task<string?> WithholdAsync(LeavingMessage message, Standing? row, CancellationToken ct)
    {
        if (row is null) return "deleted";
        if (row.MessageId != message.MessageId || row.State is not ("queued" or "failed")) return row.State;
        if (row.Status == "exited") return await SettleAsync(message.Id, message.MessageId, "cancelled", "exited", ct);
        return row.Held || row.Status == "paused" ? await PutBackAsync(message.Id, message.MessageId, ct) : null;
    }

    public NpgsqlBatchCommand Sent(long id, MessageSent sent) =>
        new("update outreach.step_runs set state = 'sent', sent_at = coalesce(sent_at, $2), reason = null where id = $1")
        {
            Parameters = { new() { Value = id }, new() { Value = clock.Now() } },
        };

    public Task FailedAsync(long id, string reason, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"update outreach.step_runs set state = 'failed', reason = {reason} where id = {id} and state = 'queued'", ct);

    public async Task HappenedAsync(long id, MessageEvent happened, CancellationToken ct)
    {
        if (await db.StepRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == new StepRunId(id), ct) is not { } run) return;
        var kind = happened.Kind;
        DateTimeOffset? since = null;
        if (kind == MessageEventKind.Clicked && (since = await Machines.BurstAsync(db, "outreach.step_runs", id, happened, ct)) is not null)
            kind = MessageEventKind.ClickedByMachine;
        var (machineOpened, machineClicked) = (kind == MessageEventKind.OpenedByMachine, kind == MessageEventKind.ClickedByMachine);
        // The first time only; who clicks or answers has opened, whether or not images were shown.
        var (delivered, opened, clicked) = (kind == MessageEventKind.Delivered, kind is MessageEventKind.Opened or MessageEventKind.Clicked,
            kind == MessageEventKind.Clicked);
        var (replied, bounced) = (kind == MessageEventKind.Replied, kind is MessageEventKind.Bounced or MessageEventKind.Failed);
        var unsubscribed = kind is MessageEventKind.Unsubscribed or MessageEventKind.Complained;
        await db.Database.ExecuteSqlAsync(
            $"""
             update outreach.step_runs set
                 delivered_at = case when {delivered} then coalesce(delivered_at, {happened.At}) else delivered_at end, opened_at = case
                 when {opened} then coalesce(opened_at, {happened.At}) when opened_at >= {since} then null else opened_at end,
                 clicked_at = case when {clicked} then coalesce(clicked_at, {happened.At})
                     when clicked_at >= {since} then null else clicked_at end,
                 machine_opened_at = case when {machineOpened} then coalesce(machine_opened_at, {happened.At}) else machine_opened_at end,
                 machine_clicked_at =
                     case when {machineClicked} then coalesce(machine_clicked_at, {happened.At}) else machine_clicked_at end,
                 replied_at = case
                 when {replied} then coalesce(replied_at, {happened.At}) else replied_at end,
                 bounced_at = case when {bounced} then coalesce(bounced_at, {happened.At}) else bounced_at end,
                 unsubscribed_at = case when {unsubscribed} then coalesce(unsubscribed_at, {happened.At}) else unsubscribed_at end
             where id = {id}
             """, ct);
        if (replied) await leads.RepliedAsync(run.LeadId, run.Type == StepType.Sms ? MessageChannel.Sms : MessageChannel.Email,
            happened.Text, ct);
        if (unsubscribed) await leaving.ExitAsync("e.id = $3", run.EnrollmentId.Value, ExitReason.Unsubscribed, ct);
    }

    /// <summary>
    /// Paused meanwhile: the step counts as not done, and is what the lead goes on with. Steps after it that were done stay done.
    /// </summary>
    private async Task<string> PutBackAsync(long id, long messageId, CancellationToken ct)
    {
        await db.Work.BeginAsync(ct);
        var gone = await db.Database.SqlQuery<Gone>(
            $"""delete from outreach.step_runs where id = {id} and message_id = {messageId} and state in ('queued', 'failed') returning enrollment_id as "Enrollment", step as "Step" """).ToListAsync(ct);
        foreach (var (enrollment, step) in gone.Select(g => (g.Enrollment, g.Step)))
            await db.Database.ExecuteSqlAsync(
                $"""
                 update outreach.enrollments e set step = least(e.step, {step}), next_run_at = {clock.Now()}, ended_at = null, status = case when e.status = 'completed' then 'active' else e.status end,
                     held = (select s.status = 'paused' from outreach.sequences s where s.id = e.sequence_id)
                 where e.id = {enrollment} and (e.status in ('active', 'paused') or (e.status = 'completed'
                     and not exists (select from outreach.enrollments o where o.sequence_id = e.sequence_id and o.lead_id = e.lead_id
                         and o.status in ('active', 'paused'))))
                 """, ct);
        await db.Work.CommitAsync(ct);
        return "paused";
    }

    private async Task<string> SettleAsync(long id, long messageId, string state, string reason, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"update outreach.step_runs set state = {state}, reason = {reason} where id = {id} and message_id = {messageId}", ct);
        return reason;
    }

    private sealed record Gone(long Enrollment, int Step);

    private sealed record Standing(long Id, string State, long? MessageId, string Type, string Status, bool Held);
}
