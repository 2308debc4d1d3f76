namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// What people wait for on this host at this moment: requests, and jobs that are <see cref="JobKind.Awaited"/>. Work in bulk gives way to
/// it between its pieces, for a while at most, so that it is slowed and never stopped.
/// </summary>
public sealed class Foreground(TimeProvider clock)
{
    // What a request has begun (an event, a mail) goes on for a moment after its answer.
    private static readonly TimeSpan Aftermath = TimeSpan.FromMilliseconds(30), Longest = TimeSpan.FromMilliseconds(60),
        Look = TimeSpan.FromMilliseconds(5);

    private int running;
    private long lastEnd;

    /// <summary>Counts as waited for until the answer is disposed.</summary>
    public Stay Enter()
    {
        Interlocked.Increment(ref running);
        return new Stay(this);
    }

    /// <summary>Returns when nobody waits any more, and at the latest after 60 ms.</summary>
    public async ValueTask GiveWayAsync(CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < Longest && IsBusy(); waited += Look) await Task.Delay(Look, clock, ct);
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
