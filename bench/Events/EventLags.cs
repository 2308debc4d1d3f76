using System.Collections.Concurrent;
using Npgsql;
using RealEstateOs.Bench.Outreach;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;

namespace RealEstateOs.Bench.Events;

/// <summary>When events arrived, by position, where they are watched for.</summary>
internal sealed class Arrivals
{
    private readonly ConcurrentDictionary<long, DateTimeOffset> at = new();

    public int Count => at.Count;

    public void Saw(long position) => at.TryAdd(position, TimeProvider.System.GetUtcNow());

    public DateTimeOffset? Of(long position) => at.TryGetValue(position, out var then) ? then : null;
}

/// <summary>A subscriber in the product, which does nothing but tell the time.</summary>
internal sealed class Probe(Arrivals arrivals) : IAnyEventHandler
{
    public Task HandleAsync(EventContext happened, CancellationToken ct)
    {
        arrivals.Saw(happened.Position);
        return Task.CompletedTask;
    }
}

/// <summary>Holds arrivals against the moments at which the events happened.</summary>
internal static class EventLags
{
    private const string Happened =
        """
        select o.position, o.occurred_at, d.created_at from platform.outbox as o
        left join integrations.webhook_deliveries as d on d.message_id = 'evt_' || o.id
        where o.position > $1 order by o.position
        """;

    public static async Task<long> HeadAsync(BenchHost host)
    {
        await using var source = NpgsqlDataSource.Create(host.Addresses.SystemConnectionString);
        await using var command = source.CreateCommand("select coalesce(max(position), 0) from platform.outbox");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Waits until every event is seen everywhere, or says after a minute what is missing.</summary>
    public static async Task PrintAsync(BenchHost host, long after, Arrivals handler, Arrivals stream)
    {
        await using var source = NpgsqlDataSource.Create(host.Addresses.SystemConnectionString);
        await using var missing = source.CreateCommand(
            "select count(*) from platform.outbox as o where position is null or position > $1 and not exists"
            + " (select from integrations.webhook_deliveries as d where d.message_id = 'evt_' || o.id)");
        missing.CommandTimeout = 600;
        missing.Parameters.Add(new() { Value = after });
        for (var i = 0; i < 60 && (long)(await missing.ExecuteScalarAsync())! > 0; i++) await Task.Delay(1000);
        List<double> atHandler = [], onStream = [], atQueue = [];
        var (events, unseen) = (0, 0);
        await using var command = source.CreateCommand(Happened);
        command.Parameters.Add(new() { Value = after });
        command.CommandTimeout = 600;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            events++;
            var (position, moment) = (rows.GetInt64(0), await rows.GetFieldValueAsync<DateTimeOffset>(1));
            Note(atHandler, handler.Of(position));
            Note(onStream, stream.Of(position));
            Note(atQueue, await rows.IsDBNullAsync(2) ? null : await rows.GetFieldValueAsync<DateTimeOffset>(2));

            void Note(List<double> lags, DateTimeOffset? then)
            {
                if (then is { } seen) lags.Add((seen - moment).TotalMilliseconds);
                else unseen++;
            }
        }
        Console.WriteLine($"{events:N0} events; never seen at one of the three: {unseen:N0}\n");
        Console.WriteLine("| lag, ms | p50 | p99 | longest |\n|---|--:|--:|--:|");
        Line("handler in the product", atHandler);
        Line("live stream", onStream);
        Line("in the queue of webhooks", atQueue);
    }

    public static void Line(string name, List<double> lags)
    {
        lags.Sort();
        double At(double share) => lags.Count == 0 ? double.NaN : lags[Math.Min(lags.Count - 1, (int)(share * lags.Count))];
        Console.WriteLine($"| {name} | {At(0.5):N0} | {At(0.99):N0} | {At(1):N0} |");
    }
}
