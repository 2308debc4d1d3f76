using System.Threading.Channels;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>One open stream: who reads, how far it has come, and a bounded channel of what comes next.</summary>
internal sealed class LiveStream(LiveStreams streams, Principal reader, bool asEnvelope, DateTimeOffset since, int buffer) : IDisposable
{
    private Channel<LiveEvent> channel = Channel.CreateBounded<LiveEvent>(buffer);
    private TaskCompletionSource<long> joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource doubted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Renewed while the stream is open, because roles change and sessions end.</summary>
    public Principal Reader { get; set; } = reader;

    public bool AsEnvelope => asEnvelope;

    public DateTimeOffset Since => since;

    /// <summary>The position up to which the client has everything.</summary>
    public long Delivered { get; set; }

    public ChannelReader<LiveEvent> Events => channel.Reader;

    /// <summary>
    /// From the position that this tells on, all events of the organization arrive in <see cref="Events"/>, until it ends because the
    /// reader fell behind.
    /// </summary>
    public Task<long> JoinAsync()
    {
        (channel, joined) = (Channel.CreateBounded<LiveEvent>(buffer), new(TaskCreationOptions.RunContinuationsAsynchronously));
        streams.Admit(this);
        return joined.Task;
    }

    /// <summary>Ends when the reader's session may have changed: it is asked for again before anything more is written.</summary>
    public Task Doubted => doubted.Task;

    internal void Doubt() => doubted.TrySetResult();

    /// <summary>The session is about to be asked for.</summary>
    public void Trust() => doubted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Joined(long position) => joined.TrySetResult(position);

    internal bool Offer(LiveEvent happened) => channel.Writer.TryWrite(happened);

    internal void FellBehind() => channel.Writer.TryComplete();

    public void Dispose() => streams.Close(this);
}
