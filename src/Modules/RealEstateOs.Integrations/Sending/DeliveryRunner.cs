using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealEstateOs.Integrations.Deliveries;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Integrations.Sending;

/// <summary>
/// Sends due deliveries, beside as many other hosts as there are. A slow receiver holds up its own only: it has few places, and waiting for
/// an answer takes no thread and no database connection. What a killed host was sending goes out again when its lease ends, under the same
/// message id.
/// </summary>
internal sealed class DeliveryRunner(
    DeliveryStore store, WebhookSender sender, DeliverySignal signal, IServiceScopeFactory scopes, IOptions<WebhookOptions> settings,
    IConfiguration configuration, TimeProvider clock,
    ILogger<DeliveryRunner> log) : BackgroundService
{
    private static readonly TimeSpan Housekeeping = TimeSpan.FromSeconds(5);

    private readonly WebhookOptions options = settings.Value;
    private readonly ConcurrentDictionary<long, Task> running = new();
    private readonly string name = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (!configuration.GetValue("Jobs:Run", true)) return;
        var (kept, troubled) = (0L, false);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (kept == 0 || clock.GetElapsedTime(kept) > Housekeeping)
                {
                    await store.RecoverAsync(stoppingToken);
                    kept = clock.GetTimestamp();
                }
                var taken = await TakeAsync(stoppingToken);
                troubled = false;
                if (!taken) await signal.Wake.WaitAsync(options.Poll, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (!troubled) log.LogWarning("Webhooks wait: {Reason}", exception.Message);
                troubled = true;
                await Task.Delay(options.Poll, clock, CancellationToken.None);
            }
        }
        await Task.WhenAny(Task.WhenAll(running.Values), Task.Delay(options.Timeout, clock, CancellationToken.None));
    }

    private async Task<bool> TakeAsync(CancellationToken ct)
    {
        var places = options.Capacity - running.Count;
        if (places <= 0) return false;
        var claimed = await store.ClaimAsync(name, options, places, ct);
        foreach (var delivery in claimed) running[delivery.Id.Value] = Task.Run(() => DeliverAsync(delivery), CancellationToken.None);
        return claimed.Count > 0;
    }

    private async Task DeliverAsync(ClaimedDelivery delivery)
    {
        try
        {
            var outcome = await sender.SendAsync(delivery.Target, delivery.Organization, delivery.MessageId, delivery.Body,
                CancellationToken.None);
            await RecordAsync(delivery, outcome);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Webhook delivery {DeliveryId} could not be recorded; it goes out again when its lease ends",
                delivery.Id.Value);
        }
        finally
        {
            // This task may reach its end before the starter has noted it.
            while (!running.TryRemove(delivery.Id.Value, out _)) await Task.Yield();
            signal.Wake.Signal();
        }
    }

    // The receiver has it; a database that restarts just now should not make it come twice.
    private async Task RecordAsync(ClaimedDelivery delivery, AttemptOutcome outcome)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateTenantScope(delivery.Organization);
                await scope.ServiceProvider.GetRequiredService<RecordAttempt>().RunAsync(delivery, outcome, CancellationToken.None);
                return;
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException { IsTransient: true } or TimeoutException && attempt < 4)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), clock);
            }
        }
    }
}
