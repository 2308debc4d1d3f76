namespace RealEstateOs.Platform.RateLimits;

/// <summary>The same counting in this process alone, while Redis is away.</summary>
internal sealed class LocalCounts(int capacity = 100_000)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (WindowCount Count, long Expires)> _counts = new(StringComparer.Ordinal);

    public int Size
    {
        get
        {
            lock (_gate) return _counts.Count;
        }
    }

    public RateDecision Take(RateWindow[] windows, long now)
    {
        lock (_gate)
        {
            var counts = new WindowCount[windows.Length];
            var allowed = true;
            for (var i = 0; i < windows.Length; i++)
            {
                counts[i] = _counts.GetValueOrDefault(windows[i].Key).Count.At(now, windows[i].Milliseconds);
                allowed &= counts[i].HasRoom(now, windows[i]);
            }
            if (allowed)
            {
                MakeRoom(now);
                for (var i = 0; i < windows.Length; i++)
                {
                    counts[i] = counts[i] with { Current = counts[i].Current + 1 };
                    _counts[windows[i].Key] = (counts[i], now + (2 * windows[i].Milliseconds));
                }
            }
            return RateDecision.From(allowed, windows, counts, now);
        }
    }

    public void GiveBack(RateWindow window)
    {
        lock (_gate)
        {
            if (_counts.TryGetValue(window.Key, out var entry) && entry.Count.Current > 0)
                _counts[window.Key] = entry with { Count = entry.Count with { Current = entry.Count.Current - 1 } };
        }
    }

    // Past its capacity this forgets rather than grows: a flood of addresses may cost accuracy, not memory.
    private void MakeRoom(long now)
    {
        if (_counts.Count < capacity) return;
        foreach (var (key, entry) in _counts)
            if (entry.Expires <= now) _counts.Remove(key);
        if (_counts.Count > capacity / 2) _counts.Clear();
    }
}
