using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>
/// Moves leads whose next step is due. Messages, tasks, the record of the step and the time of the next one are one transaction; the rows
/// are locked, and a row that another host holds is passed over. The number of statements does not depend on the size of the batch.
/// </summary>
internal sealed class StepRunner(
    OutreachDb db, ILeadAudience audience, ILeadDirectory directory, ILeadWork work, IOrganizationDirectory organizations, Letters letters,
    Mailbox mailbox, ShownProperties properties, TimeProvider clock)
{
    public const int BatchSize = 200;

    public Task<int> RunBatchAsync(CancellationToken ct) => db.Work.InTransactionAsync(async () =>
    {
        var now = clock.Now();
        var due = await db.Enrollments.FromSql(
            $"""
             select * from outreach.enrollments
             where organization_id = {db.CurrentOrganization.Value} and status = 'active' and not held and next_run_at <= {now}
             order by next_run_at, id limit {BatchSize} for update skip locked
             """).AsNoTracking().ToListAsync(ct);
        if (due.Count == 0) return 0;
        var walks = await WalksAsync(due, now, ct);
        var planned = walks.SelectMany(w => w.Planned).ToList();
        await RecordAsync(planned, now, ct);
        await MoveAsync(walks, now, ct);
        foreach (var walk in walks.Where(w => w.Status != EnrollmentStatus.Active))
            db.Raise(() => new LeadLeftSequence(walk.Enrollment.SequenceId, walk.Enrollment.Id, walk.Enrollment.LeadId, walk.Status,
                walk.Reason, walk.Enrollment.CreatedBy));
        await db.SaveChangesAsync(ct);
        return due.Count;
    }, ct);

    private async Task<List<SequenceWalk>> WalksAsync(List<Enrollment> due, DateTimeOffset now, CancellationToken ct)
    {
        var (ids, sequenceIds) = (due.ConvertAll(e => e.Id), due.Select(e => e.SequenceId).Distinct().ToArray());
        var used = due.Select(e => e.StepsVersion).Distinct().ToArray();
        var sequences = await db.Sequences.AsNoTracking().Where(s => sequenceIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var versions = await db.SequenceVersions.AsNoTracking().Where(v => sequenceIds.Contains(v.SequenceId) && used.Contains(v.Version))
            .ToDictionaryAsync(v => (v.SequenceId, v.Version), ct);
        var history = (await db.StepRuns.AsNoTracking().Where(r => ids.Contains(r.EnrollmentId)).ToListAsync(ct)).ToLookup(
            r => r.EnrollmentId);
        var leadIds = due.Select(e => e.LeadId).Distinct().ToArray();
        var contacts = (await audience.PageAsync(new LeadWish { LeadIds = leadIds }, null, leadIds.Length, ct)).ToDictionary(l => l.Id);
        var standing = await directory.SummariesAsync(leadIds, ct);
        var agents = await organizations.PeopleAsync([.. contacts.Values.Select(l => l.AssignedTo)
            .Concat(sequences.Values.Select(s => s.CreatedBy)).OfType<UserId>().Distinct()], ct);
        Person? Person(UserId? user) => user is { } id ? agents.GetValueOrDefault(id) : null;
        var office = await organizations.DefaultsAsync(ct);
        var homes = await properties.OfAsync(contacts.Values.Select(l => l.PropertyId), ct);
        ShownProperty? Home(LeadContact lead) => lead.PropertyId is { } id ? homes.GetValueOrDefault(id) : null;
        return due.ConvertAll(e =>
        {
            var walk = new SequenceWalk(e, sequences.GetValueOrDefault(e.SequenceId), versions[(e.SequenceId, e.StepsVersion)].Steps,
                history[e.Id]);
            if (contacts.TryGetValue(e.LeadId, out var contact) && standing.TryGetValue(e.LeadId, out var stands))
                walk.Go(contact, stands, now,
                    step => Plan(e, step, contact, Person(contact.AssignedTo), Person(walk.Author), office, Home(contact), now));
            else walk.Leave(ExitReason.LeadDeleted);
            return walk;
        });
    }

    private static PlannedStep Plan(Enrollment enrollment, SequenceStep step, LeadContact lead, Person? agent, Person? author,
        OrganizationDefaults office, ShownProperty? home, DateTimeOffset now)
    {
        var values = new Lazy<Dictionary<string, string?>>(() => MessageVariables.Of(lead, agent, author, office, home));
        if (step.Type == StepType.Task)
        {
            var about = JsonSerializer.SerializeToElement(new { sequence_id = enrollment.SequenceId, enrollment_id = enrollment.Id,
                step = step.Key }, Json.Options);
            var (subject, text) = (MessageTemplate.Text(step.Subject!, values.Value), MessageTemplate.Text(step.Content ?? step.Subject!,
                values.Value));
            return new PlannedStep(StepState.Done) { Task = new LeadTask(enrollment.LeadId, step.TaskType ?? LeadActivityType.Task, subject,
                text, now.AddHours(step.DueInHours ?? 24), about) };
        }
        if (step.Type is not (StepType.Email or StepType.Sms)) return new PlannedStep(StepState.Done);
        var (mail, address) = (step.Type == StepType.Email, step.Type == StepType.Email ? EmailAddress.Normalise(lead.Email) : lead.Phone);
        if (string.IsNullOrEmpty(address)) return new PlannedStep(StepState.Suppressed) { Reason = "no_address" };
        if (mail ? lead.MailRefused : lead.TextRefused)
            return new PlannedStep(StepState.Suppressed) { Reason = "no_consent", Address = address };
        var token = TrackedLinks.NewToken();
        return new PlannedStep(StepState.Queued)
        {
            Address = address, Token = token, Office = office,
            Write = id => new Addressee(address, token, id.Reference(), values.Value, office.Name),
        };
    }

    /// <summary>Writes the steps down, then posts what they send and plans what they ask for, and notes what became of them.</summary>
    private async Task RecordAsync(List<PlannedStep> planned, DateTimeOffset now, CancellationToken ct)
    {
        if (planned.Count == 0) return;
        const string insert =
            """
            insert into outreach.step_runs (organization_id, enrollment_id, sequence_id, steps_version, lead_id, step, step_key, type,
                state, reason, branch, address, token, created_at)
            select $1, enrollment, sequence, version, lead, step, key, type, state, reason, branch, address, token, $2
            from unnest($3::bigint[], $4::bigint[], $5::int[], $6::bigint[], $7::int[], $8::text[], $9::text[], $10::text[], $11::text[],
                $12::bool[], $13::text[], $14::text[]) with ordinality
                as t(enrollment, sequence, version, lead, step, key, type, state, reason, branch, address, token, place) order by place
            returning id
            """;
        var ids = new List<long>(planned.Count);
        await using (var command = new NpgsqlCommand(insert, db.Work.Connection, db.Work.Transaction))
        {
            command.With(
                new() { Value = db.CurrentOrganization.Value }, new() { Value = now }, Longs(planned.Select(p => p.Enrollment.Id.Value)),
                Longs(planned.Select(p => p.Enrollment.SequenceId.Value)),
                new() { Value = planned.Select(p => p.Enrollment.StepsVersion).ToArray() },
                Longs(planned.Select(p => p.Enrollment.LeadId.Value)), new() { Value = planned.Select(p => p.Index).ToArray() },
                Parameter.Texts(planned.Select(p => p.Step.Key)), Parameter.Texts(planned.Select(p => Vocabulary.Word(p.Step.Type!.Value))),
                Parameter.Texts(planned.Select(p => Vocabulary.Word(p.State))),
                Parameter.Texts(planned.Select(p => p.Reason)),
                new() { Value = planned.Select(p => p.Branch).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean },
                Parameter.Texts(planned.Select(p => p.Address)), Parameter.Texts(planned.Select(p => p.Token)));
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) ids.Add(reader.GetInt64(0));
        }
        ids.Sort(); // identities are drawn in the order of the rows
        for (var i = 0; i < planned.Count; i++) planned[i].Id = new StepRunId(ids[i]);
        var mails = planned.Where(p => p.Write is not null && p.Step.Type == StepType.Email).ToList();
        var texts = planned.Where(p => p.Write is not null && p.Step.Type == StepType.Sms).ToList();
        var tasks = planned.Where(p => p.Task is not null).ToList();
        var mailIds = await mailbox.PostManyAsync(mails.ConvertAll(p => letters.Mail(p.Write!(p.Id), p.Step.Subject!, p.Step.Content!)),
            ct);
        var textIds = await mailbox.PostManyAsync(texts.ConvertAll(p => letters.Text(p.Write!(p.Id), p.Step.Content!, p.Office!.TimeZone)),
            ct);
        var taskIds = await work.AddTasksAsync(tasks.ConvertAll(p => p.Task!), ct);
        var messages = mails.Zip(mailIds).Concat(texts.Zip(textIds)).ToList();
        const string note =
            """
            update outreach.step_runs r set message_id = t.message, activity_id = t.activity
                from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as t(id, message, activity) where r.id = t.id
            """;
        var noted = messages.Select(m => (m.First.Id, Message: (long?)m.Second, Activity: (long?)null))
            .Concat(tasks.Zip(taskIds).Select(t => (t.First.Id, Message: (long?)null, Activity: (long?)t.Second.Value))).ToList();
        if (noted.Count == 0) return;
        await db.Work.ExecuteAsync(note, ct, Longs(noted.Select(n => n.Id.Value)), Maybe(noted.Select(n => n.Message)),
            Maybe(noted.Select(n => n.Activity)));
    }

    private async Task MoveAsync(List<SequenceWalk> walks, DateTimeOffset now, CancellationToken ct)
    {
        const string sql =
            """
            update outreach.enrollments e set step = t.step, status = t.status, next_run_at = t.next, exit_reason = t.reason,
                ended_at = case when t.status = 'active' then null else $1 end
            from unnest($2::bigint[], $3::int[], $4::text[], $5::timestamptz[], $6::text[]) as t(id, step, status, next, reason)
                where e.id = t.id
            """;
        await db.Work.ExecuteAsync(sql, ct,
            new() { Value = now }, Longs(walks.Select(w => w.Enrollment.Id.Value)), new() { Value = walks.Select(w => w.Step).ToArray() },
            Parameter.Texts(walks.Select(w => Vocabulary.Word(w.Status))),
            new() { Value = walks.Select(w => w.NextRunAt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            Parameter.Texts(walks.Select(w => w.Reason is { } reason ? Vocabulary.Word(reason) : null)));
    }

    private static NpgsqlParameter Longs(IEnumerable<long> values) => new() { Value = values.ToArray() };

    private static NpgsqlParameter Maybe(IEnumerable<long?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
}
