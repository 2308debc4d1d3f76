using Npgsql;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events.Subscriptions;

/// <summary>The input of the dead letter that stands for a parked event.</summary>
internal sealed record ParkedEvent(string Subscription, string EventType, long Position);

/// <summary>
/// Brings a parked event to its subscription after all, behind those that have passed it meanwhile: effect, end of the job and end
/// of the parked event are one commit. Parking writes the job as failed; a replay of the dead letters runs it.
/// </summary>
internal sealed class DeliverParkedEvent(UnitOfWork work, SubscriptionList subscriptions, IServiceProvider scope) : IJobHandler<ParkedEvent>
{
    public const string Kind = "event.deliver", Queue = "events";

    private const string TakeSql =
        """
        delete from platform.parked_events where subscription = $1 and position = $2
        returning position, event_id, organization_id, event_type, payload::text, actor_id, request_id, occurred_at
        """;

    public async Task<object?> RunAsync(ParkedEvent input, JobContext context, CancellationToken ct)
    {
        if (!subscriptions.ByName.TryGetValue(input.Subscription, out var subscription))
            throw new PermanentJobFailure($"This version has no subscription '{input.Subscription}'.");
        await work.BeginAsync(ct);
        try
        {
            var happened = await TakeAsync(input, ct) ?? throw new PermanentJobFailure("The event is not kept any more.");
            await subscription.CallAsync(scope, [happened], ct);
            context.CompleteWithNextCommit(work, () => new { delivered = true });
            await work.CommitAsync(ct);
            return null;
        }
        finally
        {
            await work.RollbackAsync();
        }
    }

    private async Task<EventContext?> TakeAsync(ParkedEvent input, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(TakeSql, work.Connection,
            work.Transaction) { Parameters = { new() { Value = input.Subscription }, new() { Value = input.Position } } };
        await using var rows = await command.ExecuteReaderAsync(ct);
        return (await EventContext.ReadAsync(rows, ct)).FirstOrDefault();
    }
}
