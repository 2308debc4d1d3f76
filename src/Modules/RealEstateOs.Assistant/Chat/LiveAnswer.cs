using System.Text;

namespace RealEstateOs.Assistant.Chat;

/// <summary>
/// An answer while it is made. It grows as one text that each reader follows at its own pace: a slow one gets larger pieces, and nothing waits for it in memory.
/// </summary>
internal sealed class LiveAnswer(int sequence, CancellationTokenSource stop)
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private TaskCompletionSource grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool ended;

    public int Sequence => sequence;

    public CancellationToken Stopping => stop.Token;

    public void Stop() => stop.Cancel();

    public void Append(string piece) => Change(() => text.Append(piece));

    /// <summary>What was told so far gives way to another answer.</summary>
    public void Restart() => Change(() => text.Clear());

    public void End() => Change(() => ended = true);

    /// <summary>What came after a place, and whether more may come.</summary>
    public (string Text, int Length, bool Ended, Task Grown) ReadFrom(int place)
    {
        lock (gate)
        {
            if (place > text.Length) place = 0;
            return (text.ToString(place, text.Length - place), text.Length, ended, grown.Task);
        }
    }

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
