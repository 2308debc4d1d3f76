namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// What people wait for on this host at this moment: requests, and jobs that are <see cref="JobKind.Awaited"/>. Work in bulk gives way to
/// it between its pieces, for a while at most, so that it is slowed and never stopped.
/// </summary>
public sealed class Foreground(TimeProvider clock)
{
    // What a request has begun (an event, a mail) goes on for a moment after its answer.
    private static readonly TimeSpan Aftermath = TimeSpan.FromMilliseconds(30), Shortest = TimeSpan.FromMilliseconds(60),
        Longest = TimeSpan.FromSeconds(1), Look = TimeSpan.FromMilliseconds(5);

    private const int TimesPiece = 4;

    private int running;
    private long lastEnd;

    /// <summary>Counts as waited for until the answer is disposed.</summary>
    public Stay Enter()
    {
        Interlocked.Increment(ref running);
        return new Stay(this);
    }

    /// <summary>
    /// Returns when nobody waits any more, and at the latest after four times as long as the piece before took (60 ms to a second): so
    /// much of the time is for what people wait for, however large the pieces are.
    /// </summary>
    public async ValueTask GiveWayAsync(TimeSpan piece, CancellationToken ct)
    {
        var most = TimeSpan.FromTicks(Math.Clamp(TimesPiece * piece.Ticks, Shortest.Ticks, Longest.Ticks));
        for (var waited = TimeSpan.Zero; waited < most && IsBusy(); waited += Look) await Task.Delay(Look, clock, ct);
    }

    private void Leave()
    {
        Volatile.Write(ref lastEnd, clock.GetTimestamp());
        Interlocked.Decrement(ref running);
    }

    private bool IsBusy()
    {
        if (Volatile.Read(ref running) > 0) return true;
        var end = Volatile.Read(ref lastEnd);
        return end != 0 && clock.GetElapsedTime(end) < Aftermath;
    }

    /// <summary>Somebody waits until it is disposed.</summary>
    public readonly struct Stay(Foreground? foreground) : IDisposable
    {
        public void Dispose() => foreground?.Leave();
    }
}
