namespace RealEstateOs.Platform.RateLimits;

/// <summary>So many acts of one subject in so long a time.</summary>
internal readonly record struct RateWindow(string Policy, string Key, int Limit, TimeSpan Length)
{
    public long Milliseconds => (long)Length.TotalMilliseconds;
}

/// <summary>
/// Sliding-window counter: the running window plus the share of the one before that still lies within the last full length.
/// Chosen before GCRA because remaining and reset follow from it as clients expect them; it allows a burst up to the limit.
/// </summary>
internal readonly record struct WindowCount(long Index, long Current, long Previous)
{
    public WindowCount At(long now, long length)
    {
        var index = now / length;
        if (Index >= index) return this; // Another host's clock may be ahead of ours.
        return Index == index - 1 ? new WindowCount(index, 0, Current) : new WindowCount(index, 0, 0);
    }

    public bool HasRoom(long now, RateWindow window) => Used(now, window.Milliseconds) + 1 <= window.Limit;

    public int Remaining(long now, RateWindow window) =>
        Math.Max(0, (int)Math.Floor(window.Limit - Used(now, window.Milliseconds)));

    public long EndsAt(long length) => (Index + 1) * length;

    /// <summary>When the next act will be accepted if nothing else happens.</summary>
    public long NextRoomAt(long now, RateWindow window)
    {
        var length = window.Milliseconds;
        var start = Index * length;
        var room = window.Limit - 1 - Current;
        if (room >= 0)
            return HasRoom(now, window) ? now : start + Wait(length, room, Previous);
        return start + length + Wait(length, Math.Max(0, window.Limit - 1), Current);
    }

    private static long Wait(long length, long room, long before) =>
        before <= room ? 0 : (long)Math.Ceiling(length * (1 - ((double)room / before)));

    private double Used(long now, long length)
    {
        var elapsed = Math.Max(0, now - (Index * length));
        return ((double)Previous * (length - elapsed) / length) + Current;
    }
}
