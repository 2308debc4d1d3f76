using System.Threading.Channels;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events;

/// <summary>Wakes the dispatcher after a commit. A lost signal costs one polling interval, never an event.</summary>
internal static class OutboxSignal
{
    private static readonly Channel<bool> Wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public static void RaiseAfterCommit(UnitOfWork work) => work.AfterCommit(_ =>
    {
        Raise();
        return Task.CompletedTask;
    });

    public static void Raise() => Wake.Writer.TryWrite(true);

    /// <summary>Returns on a signal, or after the time to look by itself.</summary>
    public static async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await Wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
        }
    }
}
