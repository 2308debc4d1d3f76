using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// The jobs that wait for their turn: of each kind the organizations take turns, and of three places and more the last free one is for an
/// organization that holds none, so that who comes next never waits for those who fill the others.
/// </summary>
internal sealed class WaitingJobs(DataSources sources)
{
    // Walks from one waiting organization to the next by the index, looks at the first few jobs of each, and takes those whose
    // organization holds the fewest places. So the cost grows with the organizations that wait, not with their jobs.
    private const string TakeSql =
        """
        with free as (select * from unnest($1::text[], $2::int[], $3::int[]) as f(kind, places, kept)),
        busy as (select * from unnest($4::text[], $5::bigint[], $6::int[]) as b(kind, organization, places)),
        picked as (
            select id from (
                select t.id, t.turn, f.places - f.kept as open,
                    row_number() over (partition by f.kind order by t.turn, t.run_at, t.id) as place
                from free f cross join lateral (
                    with recursive office as (
                        (select coalesce(organization_id, 0) as id from platform.jobs
                         where state = 'queued' and handed_at is null and kind = f.kind order by coalesce(organization_id, 0) limit 1)
                        union all
                        select (select coalesce(organization_id, 0) from platform.jobs
                                where state = 'queued' and handed_at is null and kind = f.kind and coalesce(organization_id, 0) > o.id
                                    order by coalesce(organization_id, 0) limit 1)
                        from office o where o.id is not null)
                    select w.id, w.run_at, coalesce(b.places, 0) + row_number() over (partition by o.id order by w.run_at, w.id) as turn
                    from office o left join busy b on b.kind = f.kind and b.organization = o.id
                    cross join lateral (
                        select j.id, j.run_at from platform.jobs j
                        where j.state = 'queued' and j.handed_at is null and j.kind = f.kind and coalesce(j.organization_id, 0) = o.id
                            and j.run_at <= now()
                        order by j.run_at, j.id limit f.places for update skip locked) w
                    where o.id is not null
                    order by turn, w.run_at, w.id limit f.places) t) ranked
            where turn = 1 or place <= open)
        update platform.jobs j set handed_at = now() from picked where j.id = picked.id
        returning j.id, j.kind, j.organization_id, j.hangfire_id
        """;

    private const string NameSql =
        """
        update platform.jobs j set hangfire_id = n.hangfire_id from unnest($1::bigint[], $2::bigint[]) as n(id, hangfire_id)
        where j.id = n.id and j.state = 'queued'
        """;

    private const string BegunSql =
        """
        select id from unnest($1::bigint[]) as h(id)
        where not exists (select from platform.jobs j where j.id = h.id and j.state = 'queued' and j.handed_at is not null)
        """;

    private const string StraySql =
        "select id, kind, organization_id, hangfire_id from platform.jobs where state in ('queued', 'running') and handed_at < now() - $1";

    private const string GiveBackSql =
        """
        update platform.jobs set state = 'queued', handed_at = null, run_at = now(), fault = 'Hangfire had lost it.'
        where id = $1 and hangfire_id is not distinct from $2 and state in ('queued', 'running') and handed_at < now() - $3
        """;

    /// <summary>Takes what there is room for, and marks it handed over.</summary>
    public Task<List<WaitingJob>> TakeAsync(IReadOnlyCollection<JobKind> kinds, IReadOnlyCollection<JobPlaces.Place> taken,
        CancellationToken ct)
    {
        var busy = taken.CountBy(p => p.Kind).ToDictionary();
        var free = kinds.Select(k => (k.Name, Places: k.Concurrency - busy.GetValueOrDefault(k.Name), k.KeptFree))
            .Where(k => k.Places > 0).ToList();
        if (free.Count == 0) return Task.FromResult<List<WaitingJob>>([]);
        var held = taken.CountBy(p => (p.Kind, Organization: p.Organization?.Value ?? 0)).ToList();
        return ReadAsync(TakeSql, ct,
            new() { Value = free.Select(f => f.Name).ToArray() }, new() { Value = free.Select(f => f.Places).ToArray() },
            new() { Value = free.Select(f => f.KeptFree).ToArray() },
            new() { Value = held.Select(h => h.Key.Kind).ToArray() }, new() { Value = held.Select(h => h.Key.Organization).ToArray() },
            new() { Value = held.Select(h => h.Value).ToArray() });
    }

    /// <summary>Notes which Hangfire jobs will run them.</summary>
    public async Task NameAsync(IReadOnlyCollection<(JobId Id, long HangfireId)> handed, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(NameSql);
        command.With(new() { Value = handed.Select(h => h.Id.Value).ToArray() },
            new() { Value = handed.Select(h => h.HangfireId).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Those of them that no longer wait for a worker.</summary>
    public async Task<List<long>> BegunAsync(long[] handed, CancellationToken ct)
    {
        var begun = new List<long>();
        await using var command = sources.System.CreateCommand(BegunSql);
        command.With(new NpgsqlParameter { Value = handed });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) begun.Add(row.GetInt64(0));
        return begun;
    }

    /// <summary>What was handed over longer ago than that and has not ended: most of it runs.</summary>
    public Task<List<WaitingJob>> HandedBeforeAsync(TimeSpan age, CancellationToken ct) =>
        ReadAsync(StraySql, ct, new NpgsqlParameter { Value = age });

    /// <summary>Back to those that wait: no Hangfire job will run it.</summary>
    public async Task GiveBackAsync(WaitingJob job, TimeSpan age, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(GiveBackSql);
        command.With(new() { Value = job.Id.Value }, Parameter.Long(job.HangfireId), new() { Value = age });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<WaitingJob>> ReadAsync(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        var jobs = new List<WaitingJob>();
        await using var command = sources.System.CreateCommand(sql);
        command.With(parameters);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            jobs.Add(new WaitingJob(new JobId(row.GetInt64(0)), row.GetString(1),
                row.IsDBNull(2) ? null : new OrganizationId(row.GetInt64(2)), row.IsDBNull(3) ? null : row.GetInt64(3)));
        return jobs;
    }
}

/// <summary>A job whose turn it is, and the Hangfire job that ran it before, if any.</summary>
internal sealed record WaitingJob(JobId Id, string Kind, OrganizationId? Organization, long? HangfireId);
