using System.IO.Pipelines;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>Collects frames and sends them; a client that takes nothing for too long is a <see cref="TimeoutException"/>.</summary>
internal sealed class FrameWriter(PipeWriter output, TimeSpan patience, TimeProvider clock)
{
    private const int Enough = 32 * 1024;

    private int pending;

    public bool HasPending => pending > 0;

    public bool IsFull => pending > Enough;

    public void Write(byte[] frame)
    {
        frame.CopyTo(output.GetSpan(frame.Length));
        output.Advance(frame.Length);
        pending += frame.Length;
    }

    public Task SendAsync(byte[] frame, CancellationToken ct)
    {
        Write(frame);
        return FlushAsync(ct);
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        if (pending == 0) return;
        pending = 0;
        await output.FlushAsync(ct).AsTask().WaitAsync(patience, clock, ct);
    }
}
