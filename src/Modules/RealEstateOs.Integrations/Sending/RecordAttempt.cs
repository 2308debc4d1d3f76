using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations.Sending;

/// <summary>
/// Writes down an attempt: its line in the log, the state of the delivery, the health of its endpoint, and, where it was the last, the next
/// of its lane. One round trip, one transaction; a run that lost its delivery to another host changes nothing.
/// </summary>
internal sealed class RecordAttempt(UnitOfWork work, DisableEndpoint disable, IOptions<WebhookOptions> settings)
{
    private const string HealthSql =
        """
        update integrations.webhook_health h set consecutive_failures = case when $2 then 0 else h.consecutive_failures + 1 end,
            failing_since = case when $2 then null else coalesce(h.failing_since, now()) end,
            hangs = $3, last_success_at = case when $2 then now() else h.last_success_at end, last_failure_at = case
            when $2 then h.last_failure_at else now() end
        where h.endpoint_id = $1 returning h.consecutive_failures, now() - h.failing_since
        """;

    private const string DeliverySql =
        """
        update integrations.webhook_deliveries d set runner = null, lease_until = null, response_status = $5, error = $6,
            status = case when $4 <> 'pending' or e.is_active then $4 else 'held' end, due_at = now() + $7, finished_at = case
            when $4 = 'pending' then null else now() end
        from integrations.webhook_endpoints e where e.id = d.endpoint_id and d.id = $1 and d.runner = $2 and d.attempts = $3
            and d.status = 'sending' returning d.lane
        """;

    private const string LogSql =
        """
        insert into integrations.webhook_attempts (organization_id, delivery_id, number, started_at, duration_ms, response_status,
            response_body, error)
        select $1, d.id, $3, $4, $5, $6, $7, $8 from integrations.webhook_deliveries d where d.id = $2
        """;

    private const string NextSql =
        """
        update integrations.webhook_deliveries set status = 'pending', due_at = now() where id = (
            select w.id from integrations.webhook_deliveries w join integrations.webhook_deliveries d on d.endpoint_id = w.endpoint_id
                and d.lane = w.lane
            where d.id = $1 and d.status in ('delivered', 'failed') and w.status = 'waiting' order by w.id limit 1)
        """;

    private const int Gone = 410;

    public async Task RunAsync(ClaimedDelivery delivery, AttemptOutcome outcome, CancellationToken ct)
    {
        var options = settings.Value;
        await work.BeginAsync(ct);
        try
        {
            if (await WriteAsync(delivery, outcome, options, ct) is not { } health) return;
            var dead = !outcome.Succeeded && health.Failures >= options.DisableAfterFailures && health.For >= options.DisableAfter;
            if (outcome.Status == Gone) await disable.RunAsync(delivery.Endpoint, WebhookDisabledReason.Gone, ct);
            else if (dead) await disable.RunAsync(delivery.Endpoint, WebhookDisabledReason.Failing, ct);
            await work.CommitAsync(ct);
        }
        finally
        {
            await work.RollbackAsync();
        }
    }

    /// <summary>Null where the delivery is no longer this run's.</summary>
    private async Task<(int Failures, TimeSpan? For)?> WriteAsync(ClaimedDelivery delivery, AttemptOutcome outcome, WebhookOptions options,
        CancellationToken ct)
    {
        var status = outcome.Succeeded ? "delivered"
            : delivery.RoundAttempt >= options.MaxAttempts && outcome.Status != Gone ? "failed" : "pending";
        var id = new NpgsqlParameter { Value = delivery.Id.Value };
        var answered = new NpgsqlParameter { Value = (object?)outcome.Status ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };
        var error = Text(outcome.Error);
        await using var batch = new NpgsqlBatch(work.Connection, work.Transaction)
        {
            BatchCommands =
            {
                new(HealthSql) { Parameters = { new() { Value = delivery.Endpoint.Value }, new() { Value = outcome.Succeeded },
                    new() { Value = outcome.TimedOut } } },
                new(DeliverySql)
                {
                    Parameters = { id, new() { Value = delivery.Runner }, new() { Value = delivery.Attempt }, new() { Value = status },
                        answered, error, new() { Value = Wait(delivery, outcome, options) } },
                },
                new(LogSql)
                {
                    Parameters =
                    {
                        new() { Value = delivery.Organization.Value }, id.Clone(), new() { Value = delivery.Attempt },
                        new() { Value = outcome.StartedAt.UtcDateTime },
                        new() { Value = outcome.DurationMs }, answered.Clone(), Text(outcome.ResponseBody), error.Clone(),
                    },
                },
                new(NextSql) { Parameters = { id.Clone() } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null; // the endpoint is deleted
        var health = (reader.GetInt32(0), await reader.IsDBNullAsync(1, ct) ? (TimeSpan?)null : reader.GetTimeSpan(1));
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? health : null;
    }

    /// <summary>Four times as long as before, each a fifth longer or shorter by chance; at least what the receiver asked for.</summary>
    private static TimeSpan Wait(ClaimedDelivery delivery, AttemptOutcome outcome, WebhookOptions options)
    {
        if (outcome.Succeeded) return TimeSpan.Zero;
        var whole = Math.Min(options.LongestDelay.TotalMilliseconds,
            options.FirstDelay.TotalMilliseconds * Math.Pow(4, delivery.RoundAttempt - 1));
        var wait = TimeSpan.FromMilliseconds(whole * (0.8 + (RandomNumberGenerator.GetInt32(0, 4001) / 10000.0)));
        var asked = outcome.RetryAfter is { } time && time > TimeSpan.Zero ? time : TimeSpan.Zero;
        return TimeSpan.FromTicks(Math.Max(wait.Ticks, Math.Min(asked.Ticks, options.LongestDelay.Ticks)));
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
