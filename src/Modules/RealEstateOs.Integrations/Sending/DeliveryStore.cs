using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations.Sending;

/// <summary>A delivery that this host has taken, with the attempt that its end is checked by.</summary>
internal sealed record ClaimedDelivery(
    WebhookDeliveryId Id, OrganizationId Organization, WebhookEndpointId Endpoint, string MessageId, string Body, int Attempt,
    int RoundAttempt, string Runner, SigningTarget Target);

/// <summary>Where it goes, and the sealed keys that sign it.</summary>
internal sealed record SigningTarget(string Url, byte[] Secret, byte[]? PreviousSecret);

/// <summary>
/// Takes due deliveries of all tenants: in turn from each organization, within it from each endpoint, as many at once as either may have.
/// Endpoints whose last attempt timed out share a few places of their own: nobody else waits for those who don't answer.
/// </summary>
internal sealed class DeliveryStore(DataSources sources)
{
    // Hosts claim one after the other, so that what may be under way at an endpoint holds for all of them together.
    private const string TurnSql = "select pg_advisory_xact_lock(hashtextextended('operations.webhook_claims', 0))";

    // The recursion steps from endpoint to endpoint through the index of what is pending: its cost grows with the endpoints that have
    // something, not with what they have.
    private const string ClaimSql =
        """
        with recursive busy_endpoints as (
            (select endpoint_id from integrations.webhook_deliveries where status = 'pending' order by endpoint_id limit 1)
            union all
            select (select d.endpoint_id from integrations.webhook_deliveries d where d.status = 'pending' and d.endpoint_id > b.endpoint_id
                order by d.endpoint_id limit 1)
            from busy_endpoints b where b.endpoint_id is not null),
        sending as materialized (
            select s.organization_id, s.endpoint_id, h.hangs from integrations.webhook_deliveries s
                join integrations.webhook_health h using (endpoint_id) where s.status = 'sending'),
        due as (
            select d.id, d.place, e.organization_id, h.hangs,
                (select count(*) from sending s where s.organization_id = e.organization_id) as under_way from busy_endpoints b
            join integrations.webhook_endpoints e on e.id = b.endpoint_id and e.is_active
            join integrations.webhook_health h on h.endpoint_id = e.id
            cross join lateral (select case when h.consecutive_failures > 0 then 1 else $3 end
                - (select count(*) from sending s where s.endpoint_id = e.id) as free) places
            cross join lateral (
                select w.id, row_number() over (order by w.due_at, w.id) as place from (
                    select p.id, p.due_at from integrations.webhook_deliveries p where p.endpoint_id = e.id and p.status = 'pending'
                        and p.due_at <= now()
                    order by p.due_at, p.id limit greatest(places.free, 0) for update skip locked) w) d),
        turns as (select due.*, under_way + row_number() over (partition by organization_id order by hangs, place, id) as turn from due),
        picked as (
            select t.id from (select turns.*, row_number() over (partition by hangs order by turn, id) as nth from turns where turn <= $5) t
            where not t.hangs or t.nth <= $6 - (select count(*) from sending s where s.hangs)
            order by t.turn, t.id limit $4)
        update integrations.webhook_deliveries d
        set status = 'sending', runner = $1, lease_until = now() + $2, attempts = d.attempts + 1, round_attempts = d.round_attempts + 1
        from picked, integrations.webhook_endpoints e where d.id = picked.id and e.id = d.endpoint_id
        returning d.id, d.organization_id, d.endpoint_id, d.message_id, d.body, d.attempts, d.round_attempts, e.url, e.secret,
            case when e.previous_secret_until > now() then e.previous_secret end
        """;

    private const string RecoverSql =
        """
        update integrations.webhook_deliveries d set status = case when e.is_active then 'pending' else 'held' end, runner = null,
            lease_until = null, due_at = now()
        from integrations.webhook_endpoints e where e.id = d.endpoint_id and d.status = 'sending' and d.lease_until < now()
        """;

    public async Task<List<ClaimedDelivery>> ClaimAsync(string runner, WebhookOptions options, int most, CancellationToken ct)
    {
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(TurnSql),
                new(ClaimSql) { Parameters = { new() { Value = runner }, new() { Value = options.Lease },
                    new() { Value = options.PerEndpoint }, new() { Value = most }, new() { Value = options.PerOrganization },
                    new() { Value = options.ForHanging } } },
            },
        };
        var claimed = new List<ClaimedDelivery>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new ClaimedDelivery(
                new WebhookDeliveryId(reader.GetInt64(0)), new OrganizationId(reader.GetInt64(1)),
                new WebhookEndpointId(reader.GetInt64(2)), reader.GetString(3), reader.GetString(4),
                reader.GetInt32(5), reader.GetInt32(6), runner,
                new SigningTarget(reader.GetString(7), reader.GetFieldValue<byte[]>(8),
                    await reader.IsDBNullAsync(9, ct) ? null : reader.GetFieldValue<byte[]>(9))));
        }
        return claimed;
    }

    /// <summary>Frees what dead hosts held.</summary>
    public async Task<int> RecoverAsync(CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(RecoverSql);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
