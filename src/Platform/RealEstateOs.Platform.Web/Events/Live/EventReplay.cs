using Microsoft.Extensions.Options;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>What an organization missed, page by page; between the pages no connection is held.</summary>
internal sealed class EventReplay(DataSources sources, IOptions<EventsOptions> options, TimeProvider clock)
{
    private const int Page = 200;

    private const string Sql =
        $"""
         select {EventContext.Columns} from platform.outbox as o
         where o.organization_id = $1 and o.position > $2 and o.position <= $3 and o.occurred_at > $4 order by o.position limit $5
         """;

    public async IAsyncEnumerable<LiveEvent> ReadAsync(
        OrganizationId organization, long after, long upTo, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        while (after < upTo)
        {
            var page = await PageAsync(organization, after, upTo, ct);
            foreach (var happened in page) yield return new LiveEvent(happened);
            if (page.Count < Page) yield break;
            after = page[^1].Position;
        }
    }

    /// <summary>
    /// Where a reader goes on that has seen so much, on a host that has read up to <paramref name="joined"/>: another host may have shown
    /// it more. What lies beyond the newest event nobody has seen.
    /// </summary>
    public async Task<long> GoOnAfterAsync(long seen, long joined, CancellationToken ct)
    {
        if (seen <= joined) return seen;
        await using var command = sources.System.CreateCommand(LiveStreams.HeadSql);
        return Math.Min(seen, Math.Max(joined, (long)(await command.ExecuteScalarAsync(ct))!));
    }

    private async Task<List<EventContext>> PageAsync(OrganizationId organization, long after, long upTo, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = organization.Value });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = upTo });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().AddHours(-options.Value.ReplayHours),
            NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = Page });
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await EventContext.ReadAsync(rows, ct);
    }
}
