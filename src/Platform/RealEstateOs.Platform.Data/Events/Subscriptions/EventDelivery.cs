using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Events.Subscriptions;

internal enum Delivered { Yes, Elsewhere, LaterAgain }

/// <summary>
/// Brings events of one organization to one subscription: effects and cursor in one transaction, or none. What fails together is tried one
/// by one.
/// </summary>
internal sealed class EventDelivery(
    IServiceScopeFactory scopes, DataSources sources, IOptions<EventsOptions> options, TimeProvider clock, ILogger<EventDelivery> log)
{
    private const string LockSql = "select position from platform.subscriptions where name = $1 for update skip locked";

    private const string MoveSql =
        "update platform.subscriptions set position = $2, attempts = 0, retry_at = null, last_error = null "
            + "where name = $1 and position < $2";

    private const string FailSql =
        """
        update platform.subscriptions
        set attempts = attempts + 1, last_error = $3,
            retry_at = $4 + least($5 * power(2, least(attempts, 20)), 60000) * interval '1 millisecond'
        where name = $1 and position < $2 returning attempts
        """;

    // The dead letter that an operator replays is a job that has failed already.
    private const string ParkSql =
        $"""
         with event as (
             select o.* from platform.outbox as o where o.position = $2
                 and not exists (select from platform.parked_events as p where p.subscription = $1 and p.position = $2)),
         letter as (
             insert into platform.jobs (organization_id, kind, queue, input, state, error, fault, attempts, created_by, request_id,
                 created_at, started_at, finished_at)
             select organization_id, '{DeliverParkedEvent.Kind}', '{DeliverParkedEvent.Queue}',
                 jsonb_build_object('subscription', $1, 'event_type', event_type, 'position', position), 'failed', $6, $4, $3, actor_id,
                 request_id, $5, $5, $5 from event
             returning id)
         insert into platform.parked_events (subscription, position, event_id, organization_id, event_type, payload, actor_id, request_id,
             occurred_at, attempts, last_error, parked_at, job_id)
         select $1, e.position, e.id, e.organization_id, e.event_type, e.payload, e.actor_id, e.request_id, e.occurred_at, $3, $4, $5,
             letter.id
         from event as e, letter
         """;

    public async Task<Delivered> DeliverAsync(Subscription subscription, ArraySegment<EventContext> events, CancellationToken ct)
    {
        var (outcome, failure) = await TryAsync(subscription, events, ct);
        if (failure is null) return outcome;
        if (events.Count == 1) return await FailedAsync(subscription.Name, events[0], failure, ct);
        for (var i = 0; i < events.Count; i++)
            if (await DeliverAsync(subscription, events.Slice(i, 1), ct) is not Delivered.Yes and var stopped) return stopped;
        return Delivered.Yes;
    }

    private async Task<(Delivered Outcome, Exception? Failure)> TryAsync(Subscription subscription, ArraySegment<EventContext> events,
        CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(events[0].OrganizationId, events[0].Actor);
        var services = scope.ServiceProvider;
        var (work, tenant, origin) = (services.GetRequiredService<UnitOfWork>(), services.GetRequiredService<Tenant>(),
            services.GetRequiredService<ChangeOrigin>());
        try
        {
            await work.BeginAsync(ct);
            if (await LockAsync(work, subscription.Name, ct) is not { } position) return (Delivered.Elsewhere, null);
            foreach (var happened in events.SkipWhile(e => e.Position <= position).Chunk(subscription.TakesMany ? events.Count : 1))
            {
                tenant.Enter(happened[0].OrganizationId, happened.Length == 1 ? happened[0].Actor : null);
                origin.RequestId = happened.Length == 1 ? happened[0].RequestId : null;
                await subscription.CallAsync(services, happened, ct);
                await work.WriteLedgerAsync(ct); // in the name of whoever acted
            }
            await MoveAsync(work, subscription.Name, events[^1].Position, ct);
            await work.CommitAsync(ct);
            return (Delivered.Yes, null);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            return (Delivered.LaterAgain, failure);
        }
        finally
        {
            await RollbackAsync(work);
        }
    }

    private static async Task<long?> LockAsync(UnitOfWork work, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LockSql, work.Connection, work.Transaction) { Parameters = { Text(name) } };
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    private static async Task MoveAsync(UnitOfWork work, string name, long position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(MoveSql, work.Connection,
            work.Transaction) { Parameters = { Text(name), Number(position) } };
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<Delivered> FailedAsync(string name, EventContext happened, Exception failure, CancellationToken ct)
    {
        var reason = Reason(failure);
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await using var fail = new NpgsqlCommand(FailSql, connection)
        {
            Parameters = { Text(name), Number(happened.Position), Text(reason), Time(),
                new NpgsqlParameter<double> { TypedValue = options.Value.RetryBaseMilliseconds } },
        };
        var attempts = (int?)await fail.ExecuteScalarAsync(ct) ?? 0;
        log.LogWarning(failure, "Subscription {Subscription} failed at {Type} {Position}, attempt {Attempt}", name, happened.Type,
            happened.Position, attempts);
        if (attempts < options.Value.MaxAttempts) return Delivered.LaterAgain;
        await ParkAsync(connection, name, happened, attempts, reason, ct);
        log.LogError("Subscription {Subscription} parked {Type} {Position} after {Attempts} attempts", name, happened.Type,
            happened.Position, attempts);
        return Delivered.Yes;
    }

    private async Task ParkAsync(NpgsqlConnection connection, string name, EventContext happened, int attempts, string reason,
        CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(ParkSql)
                {
                    Parameters =
                    {
                        Text(name), Number(happened.Position), new NpgsqlParameter<int> { TypedValue = attempts }, Text(reason), Time(),
                        Text($"The event {happened.Type} could not be handled by {name}."),
                    },
                },
                new NpgsqlBatchCommand(MoveSql) { Parameters = { Text(name), Number(happened.Position) } },
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task RollbackAsync(UnitOfWork work)
    {
        try
        {
            await work.RollbackAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The session is gone; what it did not commit is, too.
        }
    }

    private static string Reason(Exception failure)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{failure.GetType().Name}: {failure.Message}").Replace("\0", "",
            StringComparison.Ordinal);
        return text[..Math.Min(text.Length, 1_000)];
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value };

    private static NpgsqlParameter Number(long value) => new NpgsqlParameter<long> { TypedValue = value };

    private NpgsqlParameter Time() => new() { Value = clock.GetUtcNow(), NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
