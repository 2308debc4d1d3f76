using System.Threading.Channels;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// Wakes the runner of this host when a job was committed or a place became free. A lost signal costs one poll, never a job.
/// </summary>
internal static class JobSignal
{
    private static readonly Channel<bool> Wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public static void Raise() => Wake.Writer.TryWrite(true);

    public static async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await Wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
