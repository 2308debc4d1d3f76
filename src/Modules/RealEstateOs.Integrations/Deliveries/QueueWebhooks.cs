using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Integrations.Deliveries;

/// <summary>
/// Puts events into the line of each endpoint that wants them: one round trip, however many events and endpoints, in the transaction that
/// moves the subscription on. The second statement sees what those before the lock have committed, so that no lane gets two that go at
/// once, nor one that waits for nobody.
/// </summary>
internal sealed class QueueWebhooks(UnitOfWork work, DeliverySignal signal) : IEventBatchHandler
{
    public const string Subscription = "webhooks.queue";

    /// <summary>Whether any endpoint wants an event of the outbox: most offices have none, and their events cost nothing here.</summary>
    public const string Condition =
        """
        exists (select from integrations.webhook_endpoints e
            where e.organization_id = o.organization_id and (e.is_active or e.disabled_at is not null)
            and e.event_types && array['*', split_part(o.event_type, '.', 1) || '.*', o.event_type])
        """;

    private const string LockSql =
        """
        select from integrations.webhook_health where endpoint_id in (select e.id from integrations.webhook_endpoints e
            where e.organization_id = $1 and (e.is_active or e.disabled_at is not null) and e.event_types && $2)
        order by endpoint_id for update
        """;

    // The first of a resource goes, the others of these events wait for it; so does the first where one is still on its way.
    private const string QueueSql =
        """
        insert into integrations.webhook_deliveries (organization_id, endpoint_id, message_id, event_type, resource, lane, body, status,
            attempts, round_attempts, due_at, created_at)
        select $1, w.endpoint_id, w.message_id, w.event_type, w.resource, coalesce(w.resource, w.message_id), w.body,
            case when not w.is_active then 'held'
                when w.resource is not null and (w.place > 1 or exists (select from integrations.webhook_deliveries u
                    where u.endpoint_id = w.endpoint_id and u.lane = w.resource and u.status in ('waiting', 'pending', 'sending')))
                    then 'waiting'
                else 'pending' end, 0, 0, now(), now()
        from (
            select e.id as endpoint_id, e.is_active, n.*, row_number() over (partition by e.id, n.resource order by n.number) as place
            from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
                as n(message_id, event_type, resource, body, number)
            join integrations.webhook_endpoints e on e.organization_id = $1 and (e.is_active or e.disabled_at is not null)
                and e.event_types && array['*', split_part(n.event_type, '.', 1) || '.*', n.event_type]
            where not exists (select from integrations.webhook_deliveries d
                where d.endpoint_id = e.id and d.message_id = n.message_id)) as w
        order by w.number, w.endpoint_id
        """;

    public async Task HandleAsync(IReadOnlyList<EventContext> happened, CancellationToken ct)
    {
        var messages = happened.Select(Message.Of).OfType<Message>().ToList();
        if (messages.Count == 0) return;
        var organization = new NpgsqlParameter { Value = happened[0].OrganizationId.Value };
        var wanted = messages.Select(m => m.Type).Distinct().SelectMany(type => new[] { $"{type.Split('.')[0]}.*", type }).Append("*");
        NpgsqlParameter Texts(Func<Message, string?> text) =>
            new() { Value = messages.Select(text).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        await using var batch = new NpgsqlBatch(work.Connection, work.Transaction)
        {
            BatchCommands =
            {
                new(LockSql) { Parameters = { organization, new() { Value = wanted.ToArray() } } },
                new(QueueSql)
                {
                    Parameters = { organization.Clone(), Texts(m => m.Id), Texts(m => m.Type), Texts(m => m.Resource), Texts(m => m.Body) },
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

    private sealed record Message(string Id, string Type, string? Resource, string Body)
    {
        public static Message? Of(EventContext happened)
        {
            using var payload = JsonDocument.Parse(happened.Payload);
            return IsPersonal(happened.Type, payload.RootElement) ? null : new Message(
                string.Create(CultureInfo.InvariantCulture, $"evt_{happened.Id}"), happened.Type,
                EventTypes.ResourceOf(happened.Type, payload.RootElement),
                QueueWebhooks.Body(happened.Type, happened.OccurredAt, payload.RootElement));
        }

        // A message to one person is nobody else's, be it an administrator.
        private static bool IsPersonal(string type, JsonElement payload) =>
            type == Contracts.Events.Notification.Type && payload.TryGetProperty("user_id", out var user)
                && user.ValueKind == JsonValueKind.Number;
    }
}
