using Microsoft.Extensions.Options;
using NpgsqlTypes;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events.Subscriptions;

/// <summary>Deletes events past their retention, but none that waits for its position or for a subscription of this product.</summary>
public sealed class OutboxCleanup
{
    private const int Chunk = 5_000;

    private const string Sql =
        """
        delete from platform.outbox where id in (
            select id from platform.outbox
            where occurred_at < $1
              and position <= coalesce((select min(position) from platform.subscriptions where name = any($2)), 9223372036854775807)
            order by position limit $3)
        """;

    private readonly DataSources sources;
    private readonly SubscriptionList subscriptions;
    private readonly EventsOptions options;
    private readonly TimeProvider clock;

    internal OutboxCleanup(DataSources sources, SubscriptionList subscriptions, IOptions<EventsOptions> options, TimeProvider clock) =>
        (this.sources, this.subscriptions, this.options, this.clock) = (sources, subscriptions, options.Value, clock);

    /// <summary>How many were deleted.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        for (var total = 0; ;)
        {
            await using var command = sources.System.CreateCommand(Sql);
            command.Parameters.Add(new() { Value = clock.GetUtcNow().AddDays(-options.RetentionDays),
                NpgsqlDbType = NpgsqlDbType.TimestampTz });
            command.Parameters.Add(new() { Value = subscriptions.Names });
            command.Parameters.Add(new() { Value = Chunk });
            var deleted = await command.ExecuteNonQueryAsync(ct);
            total += deleted;
            if (deleted < Chunk) return total;
        }
    }
}

/// <summary>Events beyond their retention that every subscription has passed.</summary>
internal sealed class CleanOutbox(OutboxCleanup outbox) : IRecurringJob
{
    public async Task<object?> RunAsync(JobContext context, CancellationToken ct) => new { deleted = await outbox.RunAsync(ct) };
}
