using Npgsql;
using NpgsqlTypes;

namespace RealEstateOs.Platform.Persistence;

/// <summary>Writes audit rows, outbox rows and histories: a statement for each kind, one round trip for all, however many rows.</summary>
internal static class Ledger
{
    private const string AuditSql =
        """
        insert into platform.audit_logs (organization_id, user_id, action, resource_type, resource_id, changes, ip_address, user_agent,
            request_id, created_at)
        select $1, $2, action, resource, id, changes::jsonb, $3, $4, $5, $6
        from unnest($7::text[], $8::text[], $9::bigint[], $10::text[]) as t(action, resource, id, changes)
        """;

    private const string OutboxSql =
        """
        insert into platform.outbox (organization_id, event_type, payload, actor_id, request_id, occurred_at)
        select $1, type, payload::jsonb, $2, $3, $4 from unnest($5::text[], $6::text[]) with ordinality as t(type, payload, place)
            order by place
        """;

    /// <summary>Writes them and, if it <paramref name="commits"/>, ends the transaction with them.</summary>
    public static async Task WriteAsync(UnitOfWork work, List<AuditEntry> audit, List<OutboxEntry> events,
        List<(ModuleDb Db, object Row)> histories, bool commits, CancellationToken ct)
    {
        if (audit.Count + events.Count + histories.Count == 0)
        {
            if (commits) await work.Transaction!.CommitAsync(ct);
            return;
        }
        await using var batch = new NpgsqlBatch(work.Connection, work.Transaction);
        if (audit.Count > 0) batch.BatchCommands.Add(Audit(work, audit));
        if (events.Count > 0) batch.BatchCommands.Add(Outbox(work, events));
        foreach (var kind in histories.GroupBy(h => (h.Db, Type: h.Row.GetType()), h => h.Row))
            batch.BatchCommands.Add(BulkInsert.Statement(kind.Key.Db, kind.Key.Type, [.. kind]));
        // Where one of them fails, the server passes over the rest of the batch: what is not whole is not committed.
        if (commits) batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync(ct);
        if (events.Count > 0) OutboxSignal.RaiseAfterCommit(work);
    }

    private static NpgsqlBatchCommand Audit(UnitOfWork work, List<AuditEntry> audit) => new(AuditSql)
    {
        Parameters =
        {
            Value(work.Tenant.Required.Value), Nullable(work.Tenant.User?.Value, NpgsqlDbType.Bigint),
            Nullable(work.Origin.Address, NpgsqlDbType.Text),
            Nullable(work.Origin.Program, NpgsqlDbType.Text), Nullable(work.Origin.RequestId, NpgsqlDbType.Text), Value(work.Clock.Now()),
            Value(audit.ConvertAll(a => a.Action)), Value(audit.ConvertAll(a => a.Resource)), Value(audit.ConvertAll(a => a.ResourceId)),
            Value(audit.ConvertAll(a => a.Changes)),
        },
    };

    private static NpgsqlBatchCommand Outbox(UnitOfWork work, List<OutboxEntry> events) => new(OutboxSql)
    {
        Parameters =
        {
            Value(work.Tenant.Required.Value), Nullable(work.Tenant.User?.Value, NpgsqlDbType.Bigint),
            Nullable(work.Origin.RequestId, NpgsqlDbType.Text),
            Value(work.Clock.Now()), Value(events.ConvertAll(e => e.Type)), Value(events.ConvertAll(e => e.Payload)),
        },
    };

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
