using System.Text;

namespace RealEstateOs.Assistant.Chat;

/// <summary>
/// An answer while it is made. It grows as one text that each reader follows at its own pace: a slow one gets larger pieces, and nothing
/// waits for it in memory.
/// </summary>
internal sealed class LiveAnswer(int sequence, CancellationTokenSource stop)
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private TaskCompletionSource grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int version;
    private bool ended;

    public int Sequence => sequence;

    public CancellationToken Stopping => stop.Token;

    public void Stop() => stop.Cancel();

    public void Append(string piece) => Change(() => text.Append(piece));

    /// <summary>What was told so far gives way to another answer.</summary>
    public void Restart() => Change(() =>
    {
        text.Clear();
        version++;
    });

    public void End() => Change(() => ended = true);

    public string Text => ReadFrom(default).Text;

    /// <summary>What came after a place, and whether more may come. A place in what was taken back leads to the beginning.</summary>
    public Part ReadFrom(Place place)
    {
        lock (gate)
        {
            var from = place.Version == version && place.Letters <= text.Length ? place.Letters : 0;
            return new(text.ToString(from, text.Length - from), from, new Place(version, text.Length), ended, grown.Task);
        }
    }

    /// <summary>So many letters of the answer as it was when it had begun so many times anew.</summary>
    public readonly record struct Place(int Version, int Letters);

    public readonly record struct Part(string Text, int Offset, Place End, bool Ended, Task Grown);

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            change();
            (before, grown) = (grown, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        before.TrySetResult();
    }
}
