using System.Globalization;

namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// A module that keeps a record of its own of what it sends. The reference of a message (<c>comm_12</c>) names the owner by its
/// prefix, and the record by its number.
/// </summary>
public interface IMessageOwner
{
    string Prefix { get; }

    /// <summary>Asked at the last moment, outside a transaction. A reason keeps the message from leaving; the owner has noted it by then.</summary>
    Task<string?> WithholdAsync(long id, long messageId, string recipient, CancellationToken ct);

    /// <summary>The provider has taken it: in the transaction that records the receipt.</summary>
    Task SentAsync(long id, MessageSent sent, CancellationToken ct);

    /// <summary>It was tried for the last time.</summary>
    Task FailedAsync(long id, string reason, CancellationToken ct);

    /// <summary>The provider tells what became of it, in a transaction; each event once, but in any order.</summary>
    Task HappenedAsync(long id, MessageEvent happened, CancellationToken ct);
}

public sealed record MessageSent(long MessageId, string Transport, string? ProviderId);

public enum MessageEventKind { Delivered, Opened, Clicked, Bounced, Failed, Complained, Unsubscribed, Replied }

/// <summary>What a provider tells about a message; <paramref name="Text"/> is the reply, or the reason.</summary>
public sealed record MessageEvent(MessageEventKind Kind, DateTimeOffset At, string? Text);

public static class MessageOwners
{
    /// <summary>The owner that a reference names, if any.</summary>
    public static (IMessageOwner Owner, long Id)? Find(IEnumerable<IMessageOwner> owners, string? reference)
    {
        if (reference?.LastIndexOf('_') is not (> 0 and var at) || !long.TryParse(reference.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        var prefix = reference[..at];
        foreach (var owner in owners)
            if (owner.Prefix == prefix) return (owner, id);
        return null;
    }
}
