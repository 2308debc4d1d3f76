using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Integrations.Sending;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Integrations.Deliveries;

/// <summary>
/// Puts an event into the line of each endpoint that wants it: one round trip, however many endpoints, in the transaction that moves the
/// subscription on. The second statement sees what those before the lock have committed, so that no lane gets two that go at once, nor one
/// that waits for nobody.
/// </summary>
internal sealed class QueueWebhooks(UnitOfWork work, DeliverySignal signal) : IAnyEventHandler
{
    public const string Subscription = "webhooks.queue";

    /// <summary>Whether any endpoint wants an event of the outbox: most offices have none, and their events cost nothing here.</summary>
    public const string Condition =
        """
        exists (select from integrations.webhook_endpoints e where e.organization_id = o.organization_id and (e.is_active or e.disabled_at is not null)
            and e.event_types && array['*', split_part(o.event_type, '.', 1) || '.*', o.event_type])
        """;

    private const string Wanted = "e.organization_id = $1 and (e.is_active or e.disabled_at is not null) and e.event_types && $2";

    private const string LockSql =
        $"""
         select from integrations.webhook_health where endpoint_id in (select e.id from integrations.webhook_endpoints e where {Wanted}) order by endpoint_id for update
         """;

    private const string QueueSql =
        $"""
         insert into integrations.webhook_deliveries (organization_id, endpoint_id, message_id, event_type, resource, lane, body, status, attempts, round_attempts, due_at, created_at)
         select $1, e.id, $3, $4, $5, coalesce($5, $3), $6,
             case when not e.is_active then 'held'
                 when $5 is not null and exists (select from integrations.webhook_deliveries u where u.endpoint_id = e.id and u.lane = $5
                     and u.status in ('waiting', 'pending', 'sending')) then 'waiting'
                 else 'pending' end, 0, 0, now(), now()
         from integrations.webhook_endpoints e where {Wanted} order by e.id
         on conflict (endpoint_id, message_id) do nothing
         """;

    public async Task HandleAsync(EventContext happened, CancellationToken ct)
    {
        using var payload = JsonDocument.Parse(happened.Payload);
        if (IsPersonal(happened.Type, payload.RootElement)) return;
        var organization = new NpgsqlParameter { Value = happened.OrganizationId.Value };
        var wanted = new NpgsqlParameter { Value = new[] { "*", $"{happened.Type.Split('.')[0]}.*", happened.Type } };
        await using var batch = new NpgsqlBatch(work.Connection, work.Transaction)
        {
            BatchCommands =
            {
                new(LockSql) { Parameters = { organization, wanted } },
                new(QueueSql)
                {
                    Parameters =
                    {
                        organization.Clone(), wanted.Clone(),
                        new() { Value = string.Create(CultureInfo.InvariantCulture, $"evt_{happened.Id}") },
                        new() { Value = happened.Type },
                        new() { Value = (object?)EventTypes.ResourceOf(happened.Type, payload.RootElement) ?? DBNull.Value,
                            NpgsqlDbType = NpgsqlDbType.Text },
                        new() { Value = Body(happened.Type, happened.OccurredAt, payload.RootElement) },
                    },
                },
            },
        };
        if (await batch.ExecuteNonQueryAsync(ct) > 0)
        {
            work.AfterCommit(_ =>
            {
                signal.Wake.Signal();
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>As Standard Webhooks has it; what the receiver gets at each attempt, byte for byte.</summary>
    public static string Body<T>(string type, DateTimeOffset at, T data) =>
        JsonSerializer.Serialize(new { type, timestamp = at, data }, Json.Options);

    // A message to one person is nobody else's, be it an administrator.
    private static bool IsPersonal(string type, JsonElement payload) =>
        type == Contracts.Events.Notification.Type && payload.TryGetProperty("user_id", out var user)
            && user.ValueKind == JsonValueKind.Number;
}
