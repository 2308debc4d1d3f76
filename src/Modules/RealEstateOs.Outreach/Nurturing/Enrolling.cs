using Npgsql;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>Brings leads into sequences, in the caller's transaction; a lead is on the way in a sequence once.</summary>
internal sealed class Enrolling(OutreachDb db, JobQueue jobs, TimeProvider clock)
{
    // The sequence is held while the rows are written: who pauses it meanwhile finds them, and they find the pause.
    private const string Sql =
        """
        with s as (
            select id, status, steps_version, make_interval(days => coalesce((steps -> 0 ->> 'delay_days')::int, 0),
                hours => coalesce((steps -> 0 ->> 'delay_hours')::int, 0),
                mins => coalesce((steps -> 0 ->> 'delay_minutes')::int, 0)) as delay
            from outreach.sequences where id = $2 and deleted_at is null for share)
        insert into outreach.enrollments (organization_id, sequence_id, lead_id, steps_version, source, status, held, step, next_run_at,
            created_by, created_at)
        select $1, s.id, t.lead, s.steps_version, $4, 'active', s.status = 'paused', 0, $5 + s.delay, $6, $5
        from s cross join unnest($3::bigint[]) with ordinality as t(lead, place)
        where $7 or not exists (select from outreach.enrollments e where e.organization_id = $1 and e.sequence_id = s.id
            and e.lead_id = t.lead)
        order by t.place
        on conflict (sequence_id, lead_id) where status in ('active', 'paused') do nothing
        returning id, lead_id, next_run_at <= $5
        """;

    /// <summary>
    /// Answers the leads that were enrolled. With <paramref name="again"/> also those who were in it before; who is on the way stays as
    /// they are.
    /// </summary>
    public async Task<IReadOnlyCollection<LeadId>> EnrollAsync(SequenceId sequence, IReadOnlyCollection<LeadId> leads,
        EnrollmentSource source, bool again, CancellationToken ct)
    {
        if (leads.Count == 0) return [];
        var (enrolled, due) = (new List<(EnrollmentId Id, LeadId Lead)>(), false);
        await using (var command = new NpgsqlCommand(Sql, await db.Work.OpenAsync(ct), db.Work.Transaction))
        {
            command.With(
                new() { Value = db.CurrentOrganization.Value }, new() { Value = sequence.Value },
                new() { Value = leads.Select(l => l.Value).Distinct().ToArray() }, new() { Value = Vocabulary.Word(source) },
                new() { Value = clock.Now() }, Parameter.Long(db.Work.Tenant.User?.Value), new() { Value = again });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                enrolled.Add((new EnrollmentId(reader.GetInt64(0)), new LeadId(reader.GetInt64(1))));
                due |= reader.GetBoolean(2);
            }
        }
        var by = db.Work.Tenant.User;
        foreach (var (id, lead) in enrolled) db.Raise(() => new LeadEnrolled(sequence, id, lead, source, by));
        await db.SaveChangesAsync(ct);
        if (due) await WakeAsync(ct);
        return enrolled.ConvertAll(e => e.Lead);
    }

    /// <summary>Has due steps of this office done now rather than within the minute.</summary>
    public Task WakeAsync(CancellationToken ct) => jobs.EnqueueAsync(RunSequences.Kind, new DueSteps(), ct, uniqueKey: "due");
}

/// <summary>Takes leads out of sequences, in the caller's transaction.</summary>
internal sealed class LeavingSequences(OutreachDb db, TimeProvider clock)
{
    /// <summary>
    /// Everybody on the way whom the condition meets; <c>e</c> is the enrollment, <c>s</c> its sequence, <c>$3</c> the value.
    /// </summary>
    public async Task ExitAsync(string condition, object value, ExitReason reason, CancellationToken ct, LeadId? lead = null)
    {
        var sql =
            $"""
             update outreach.enrollments e set status = 'exited', exit_reason = $1, ended_at = $2, next_run_at = null
             from outreach.sequences s where s.id = e.sequence_id and e.status in ('active', 'paused') and {condition}
                 and ($4::bigint is null or e.lead_id = $4)
             returning e.id, e.sequence_id, e.lead_id, s.created_by
             """;
        var left = new List<LeadLeftSequence>();
        await using (var command = new NpgsqlCommand(sql, await db.Work.OpenAsync(ct), db.Work.Transaction))
        {
            command.With(new() { Value = Vocabulary.Word(reason) }, new() { Value = clock.Now() }, new() { Value = value },
                Parameter.Long(lead?.Value));
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                left.Add(new LeadLeftSequence(
                    new SequenceId(reader.GetInt64(1)), new EnrollmentId(reader.GetInt64(0)), new LeadId(reader.GetInt64(2)),
                    EnrollmentStatus.Exited, reason,
                    reader.IsDBNull(3) ? null : new Contracts.Auth.UserId(reader.GetInt64(3))));
        }
        foreach (var gone in left) db.Raise(() => gone);
        await db.SaveChangesAsync(ct);
    }
}
