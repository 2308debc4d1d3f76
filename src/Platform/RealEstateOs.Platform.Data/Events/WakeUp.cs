using System.Threading.Channels;

namespace RealEstateOs.Platform.Events;

/// <summary>Wakes one waiting loop; many signals while it is busy are one.</summary>
public sealed class WakeUp
{
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Signal() => signal.Writer.TryWrite(true);

    /// <summary>True on a signal; false after the time to look by itself.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
