using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>
/// Writes one stream: what was missed, then what happens, with heartbeats in silence. A reader who falls behind the channel
/// goes on from the outbox at its own pace and joins again; one who takes nothing is given up.
/// </summary>
internal sealed class StreamPump(EventReplay replay, EventAudience audience, IServiceScopeFactory scopes, IOptions<EventsOptions> settings,
    TimeProvider clock)
{
    private readonly EventsOptions options = settings.Value;

    private TimeSpan Heartbeat => TimeSpan.FromSeconds(options.HeartbeatSeconds);

    public async Task RunAsync(LiveStream stream, long? after, FrameWriter output, CancellationToken ct)
    {
        var check = new SessionCheck(clock.GetTimestamp());
        await output.SendAsync(EventFrames.Opening, ct);
        for (var first = true; ; first = false)
        {
            var joining = stream.JoinAsync();
            if (!await WhileSilentAsync(stream, joining, check, output, ct)) return;
            var joined = await joining;
            if (first)
            {
                stream.Delivered = after is { } seen ? await replay.GoOnAfterAsync(seen, joined, ct) : joined;
                await output.SendAsync(EventFrames.Id(stream.Delivered), ct);
            }
            if (!await CatchUpAsync(stream, joined, check, output, ct)) return;
            if (!await FollowAsync(stream, check, output, ct)) return;
        }
    }

    /// <summary>False when its session has ended meanwhile.</summary>
    private async Task<bool> CatchUpAsync(LiveStream stream, long upTo, SessionCheck check, FrameWriter output, CancellationToken ct)
    {
        await foreach (var happened in replay.ReadAsync(stream.Reader.OrganizationId, stream.Delivered, upTo, ct))
        {
            if (!await StillSignedInAsync(stream, check, output, ct)) return false;
            Write(stream, happened, output);
            if (output.IsFull) await output.FlushAsync(ct);
        }
        stream.Delivered = Math.Max(stream.Delivered, upTo);
        await output.FlushAsync(ct);
        return true;
    }

    /// <summary>True when the reader fell behind and has to catch up; false when its session has ended.</summary>
    private async Task<bool> FollowAsync(LiveStream stream, SessionCheck check, FrameWriter output, CancellationToken ct)
    {
        var events = stream.Events;
        while (true)
        {
            if (!await StillSignedInAsync(stream, check, output, ct)) return false;
            while (!output.IsFull && !stream.Doubted.IsCompleted && events.TryRead(out var happened)) Write(stream, happened, output);
            if (output.HasPending)
            {
                await output.FlushAsync(ct);
                continue;
            }
            var readable = events.WaitToReadAsync(ct).AsTask();
            if (!await WhileSilentAsync(stream, readable, check, output, ct)) return false;
            if (!await readable) return true;
        }
    }

    private void Write(LiveStream stream, LiveEvent happened, FrameWriter output)
    {
        if (happened.Position <= stream.Delivered) return;
        stream.Delivered = happened.Position;
        if (audience.MayRead(stream.Reader, happened)) output.Write(happened.Frame(stream.AsEnvelope));
    }

    /// <summary>Beats until there is something; false when the session has ended meanwhile, of which it hears at once.</summary>
    private async Task<bool> WhileSilentAsync(LiveStream stream, Task something, SessionCheck check, FrameWriter output,
        CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await Task.WhenAny(something, stream.Doubted).WaitAsync(Heartbeat, clock, ct);
                if (stream.Doubted.IsCompleted && !await StillSignedInAsync(stream, check, output, ct)) return false;
                if (!something.IsCompleted) continue;
                await something;
                return true;
            }
            catch (TimeoutException) when (!something.IsFaulted)
            {
                if (!await StillSignedInAsync(stream, check, output, ct)) return false;
                await output.SendAsync(EventFrames.Heartbeat, ct);
            }
        }
    }

    private async Task<bool> StillSignedInAsync(LiveStream stream, SessionCheck check, FrameWriter output, CancellationToken ct)
    {
        if (!stream.Doubted.IsCompleted && check.Last is { } last
            && clock.GetElapsedTime(last).TotalSeconds < options.SessionCheckSeconds) return true;
        check.Last = clock.GetTimestamp();
        stream.Trust();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<ISessionDirectory>().FindAsync(stream.Reader.SessionId, ct) is { } reader)
            {
                stream.Reader = reader;
                return true;
            }
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException)
        {
            check.Last = null; // asked again at the next beat
            return true;
        }
        await output.SendAsync(EventFrames.Comment("the session has ended"), ct);
        return false;
    }

    private sealed class SessionCheck(long last)
    {
        public long? Last { get; set; } = last;
    }
}
