using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>
/// The streams of this host. It reads new events once for all of them, and only for organizations with a reader here. It
/// holds its place through an outage of the database; who joins is admitted between two reads, so that nothing falls between.
/// </summary>
internal sealed class LiveStreams : BackgroundService
{
    private const int Batch = 500;

    internal const string HeadSql = "select coalesce(max(position), 0) from platform.outbox";

    private const string NextSql =
        $"select {EventContext.Columns} from platform.outbox as o where o.position > $1 and o.organization_id = any($2) "
            + "order by o.position limit $3";

    private readonly Lock gate = new();
    private readonly HashSet<LiveStream> open = [], live = [];
    private readonly Queue<LiveStream> joining = [];
    private readonly WakeUp wake = new();
    private readonly DataSources sources;
    private readonly OutboxHints hints;
    private readonly SessionHints sessions;
    private readonly EventsOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<LiveStreams> log;
    private long cursor;
    private bool follows;

    public LiveStreams(DataSources sources, OutboxHints hints, SessionHints sessions, IOptions<EventsOptions> options, TimeProvider clock,
        ILogger<LiveStreams> log)
    {
        (this.sources, this.hints, this.sessions, this.options, this.clock, this.log) = (sources, hints, sessions, options.Value,
            clock, log);
        hints.Dispatched += wake.Signal;
        sessions.Changed += DoubtReaders;
    }

    /// <summary>Refused with a 429 where the user has too many streams open.</summary>
    public LiveStream Open(Principal reader, bool asEnvelope)
    {
        var stream = new LiveStream(this, reader, asEnvelope, clock.GetUtcNow(), options.StreamBuffer);
        lock (gate)
        {
            if (open.Count(other => other.Reader.UserId == reader.UserId) >= options.StreamsPerUser)
                throw Problem.TooManyRequests($"A user may have {options.StreamsPerUser} streams open at once.",
                    TimeSpan.FromSeconds(options.HeartbeatSeconds));
            open.Add(stream);
        }
        return stream;
    }

    public IReadOnlyList<LiveStream> OpenIn(OrganizationId organization)
    {
        lock (gate) return [.. open.Where(stream => stream.Reader.OrganizationId == organization)];
    }

    public int Count
    {
        get
        {
            lock (gate) return open.Count;
        }
    }

    internal void Admit(LiveStream stream)
    {
        lock (gate) joining.Enqueue(stream);
        wake.Signal();
    }

    internal void Close(LiveStream stream)
    {
        lock (gate)
        {
            open.Remove(stream);
            live.Remove(stream);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var troubled = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await TurnAsync(stoppingToken))
                    await wake.WaitAsync(follows ? hints.Patience(options.Poll) : TimeSpan.FromMinutes(1), clock, stoppingToken);
                troubled = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!troubled) log.LogWarning("Live streams wait: {Reason}", e.Message);
                troubled = true;
                await Task.Delay(options.Poll, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>True when there may be more to read at once.</summary>
    private async Task<bool> TurnAsync(CancellationToken ct)
    {
        if (IsIdle()) return follows = false;
        if (!follows) cursor = await HeadAsync(ct);
        follows = true;
        var organizations = AdmitAll();
        if (organizations.Length == 0) return false;
        var (head, events) = await ReadAsync(organizations, ct);
        FanOut(events);
        // All up to the head was visible to the second query, and perhaps some beyond.
        if (events.Count == Batch) cursor = events[^1].Position;
        else cursor = Math.Max(head, events.Count > 0 ? events[^1].Position : cursor);
        return events.Count == Batch;
    }

    private bool IsIdle()
    {
        lock (gate) return live.Count == 0 && joining.Count == 0;
    }

    private long[] AdmitAll()
    {
        lock (gate)
        {
            while (joining.TryDequeue(out var stream))
            {
                if (!open.Contains(stream)) continue;
                live.Add(stream);
                stream.Joined(cursor);
            }
            return [.. live.Select(stream => stream.Reader.OrganizationId.Value).Distinct()];
        }
    }

    private void FanOut(List<EventContext> events)
    {
        if (events.Count == 0) return;
        lock (gate)
        {
            var byOrganization = live.ToLookup(stream => stream.Reader.OrganizationId);
            foreach (var happened in events)
            {
                var shared = new LiveEvent(happened);
                foreach (var stream in byOrganization[happened.OrganizationId])
                    if (live.Contains(stream) && !stream.Offer(shared) && live.Remove(stream)) stream.FellBehind();
            }
        }
    }

    private void DoubtReaders(IReadOnlySet<long>? changed)
    {
        lock (gate)
            foreach (var stream in open)
                if (changed?.Contains(stream.Reader.SessionId) != false) stream.Doubt();
    }

    private async Task<long> HeadAsync(CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(HeadSql);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<(long Head, List<EventContext> Events)> ReadAsync(long[] organizations, CancellationToken ct)
    {
        await using var batch = sources.System.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(HeadSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(NextSql) { Parameters = { new() { Value = cursor }, new() { Value = organizations },
            new() { Value = Batch } } });
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.ReadAsync(ct);
        var head = rows.GetInt64(0);
        await rows.NextResultAsync(ct);
        return (head, await EventContext.ReadAsync(rows, ct));
    }

    public override void Dispose()
    {
        hints.Dispatched -= wake.Signal;
        sessions.Changed -= DoubtReaders;
        base.Dispose();
    }
}
