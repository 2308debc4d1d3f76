namespace RealEstateOs.Platform.RateLimits;

/// <summary>The answer for all windows of a caller, told by the tightest of them.</summary>
internal readonly record struct RateDecision(bool IsAllowed, RateWindow Tightest, int Remaining, DateTimeOffset ResetAt)
{
    public static RateDecision From(bool allowed, ReadOnlySpan<RateWindow> windows, ReadOnlySpan<WindowCount> counts, long now)
    {
        RateDecision? decision = null;
        for (var i = 0; i < windows.Length; i++)
        {
            var (window, count) = (windows[i], counts[i]);
            if (!allowed && count.HasRoom(now, window)) continue;
            var remaining = allowed ? count.Remaining(now, window) : 0;
            var reset = remaining > 0 ? count.EndsAt(window.Milliseconds) : count.NextRoomAt(now, window);
            var candidate = new RateDecision(allowed, window, remaining, WholeSecond(reset));
            if (decision is not { } best || candidate.IsTighterThan(best)) decision = candidate;
        }
        return decision ?? throw new ArgumentException("A refusal without a full window, or no window at all.", nameof(windows));
    }

    public int SecondsUntilReset(DateTimeOffset now) => Math.Max(1, (int)Math.Ceiling((ResetAt - now).TotalSeconds));

    private bool IsTighterThan(RateDecision other) =>
        Remaining != other.Remaining ? Remaining < other.Remaining : ResetAt > other.ResetAt;

    // Headers speak in whole seconds; rounded up, so that who waits as told is served.
    private static DateTimeOffset WholeSecond(long milliseconds) => DateTimeOffset.FromUnixTimeSeconds((milliseconds + 999) / 1000);
}
