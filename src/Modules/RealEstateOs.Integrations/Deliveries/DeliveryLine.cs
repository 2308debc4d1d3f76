using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Integrations.Deliveries;

/// <summary>
/// The places of an endpoint's deliveries: in each lane at most one is pending or sending, the others wait. They change under the lock of
/// the endpoint's health row, which everybody takes before anything else of the endpoint.
/// </summary>
internal sealed class DeliveryLine(IntegrationsDb db, DeliverySignal signal)
{
    /// <summary>The endpoint, with its line to oneself until the transaction ends; null where there is none.</summary>
    public async Task<WebhookEndpoint?> LockAsync(WebhookEndpointId id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from integrations.webhook_health where endpoint_id = {id.Value} for update", ct);
        return await db.WebhookEndpoints.Include(e => e.Health).FirstOrDefaultAsync(e => e.Id == id, ct);
    }

    /// <summary>Takes all that waits out of the line; what is under way comes back by itself if it fails.</summary>
    public Task HoldAsync(WebhookEndpointId id, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"update integrations.webhook_deliveries set status = 'held' where endpoint_id = {id.Value} and status in ('waiting', 'pending')",
        ct);

    /// <summary>Lets an endpoint that was inactive begin anew.</summary>
    public async Task ReviveAsync(WebhookEndpoint endpoint, CancellationToken ct)
    {
        (endpoint.Health.ConsecutiveFailures, endpoint.Health.FailingSince) = (0, null);
        await db.SaveChangesAsync(ct);
        await ReleaseAsync(endpoint.Id, ct);
    }

    /// <summary>Puts finished deliveries back, to their old places in the order of their resource. Answers how many.</summary>
    public async Task<int> RedeliverAsync(WebhookEndpoint endpoint, WebhookDeliveryId? one, DateTimeOffset? failedSince,
        CancellationToken ct)
    {
        if (!endpoint.IsActive) throw Problem.Conflict("The endpoint is inactive. Make it active, then redeliver.");
        var put = one is { } delivery
            ? await db.Database.ExecuteSqlAsync(
                $"""
                 update integrations.webhook_deliveries set status = 'held', finished_at = null
                 where id = {delivery.Value} and status in ('delivered', 'failed')
                 """, ct)
            : await db.Database.ExecuteSqlAsync(
                $"""
                 update integrations.webhook_deliveries set status = 'held', finished_at = null
                 where endpoint_id = {endpoint.Id.Value} and status = 'failed' and created_at >= {failedSince}
                     and event_type <> {WebhookEndpoint.Ping}
                 """, ct);
        if (put > 0) await ReleaseAsync(endpoint.Id, ct);
        return put;
    }

    private async Task ReleaseAsync(WebhookEndpointId id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
             update integrations.webhook_deliveries d
             set status = case when d.id = lane.first and not lane.busy then 'pending' else 'waiting' end, due_at = now(),
                 round_attempts = 0
             from (select l.lane as name, min(l.id) filter (where l.status = 'held') as first,
                 bool_or(l.status in ('pending', 'sending')) as busy
                   from integrations.webhook_deliveries l where l.endpoint_id = {id.Value}
                       and l.status in ('waiting', 'pending', 'sending', 'held') group by l.lane) lane
             where d.endpoint_id = {id.Value} and d.status = 'held' and d.lane = lane.name
             """, ct);
        db.Work.AfterCommit(_ =>
        {
            signal.Wake.Signal();
            return Task.CompletedTask;
        });
    }
}
