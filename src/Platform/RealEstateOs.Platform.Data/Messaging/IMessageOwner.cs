using System.Globalization;
using Npgsql;

namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// A module that keeps a record of its own of what it sends. The reference of a message (<c>comm_12</c>) names the owner by its
/// prefix, and the record by its number.
/// </summary>
public interface IMessageOwner
{
    string Prefix { get; }

    /// <summary>
    /// Asked at the last moment, outside a transaction, of the few that leave next. A reason, by the message's id, keeps one from leaving;
    /// the owner has noted it by then.
    /// </summary>
    Task<IReadOnlyDictionary<long, string>> WithholdAsync(IReadOnlyCollection<LeavingMessage> messages, CancellationToken ct);

    /// <summary>
    /// The provider has taken it: what notes that, in the round trip and the transaction of the receipt. It may be said twice.
    /// </summary>
    NpgsqlBatchCommand Sent(long id, MessageSent sent);

    /// <summary>What else follows from that, in the same transaction; null where nothing does, and the receipt is one round trip.</summary>
    Func<CancellationToken, Task>? AfterSent(long id, MessageSent sent) => null;

    /// <summary>It was tried for the last time.</summary>
    Task FailedAsync(long id, string reason, CancellationToken ct);

    /// <summary>The provider tells what became of it, in a transaction; each event once, but in any order.</summary>
    Task HappenedAsync(long id, MessageEvent happened, CancellationToken ct);
}

/// <summary>A message that is about to leave; <paramref name="Id"/> is its owner's record.</summary>
public sealed record LeavingMessage(long Id, long MessageId, string Recipient);

public sealed record MessageSent(long MessageId, string Transport, string? ProviderId);

/// <summary>What machines did is told beside what people did.</summary>
public enum MessageEventKind
{
    Delivered, Opened, Clicked, OpenedByMachine, ClickedByMachine, Bounced, Failed, Complained, Unsubscribed, Replied,
}

/// <summary>What a provider tells about a message; <paramref name="Text"/> is the reply, or the reason.</summary>
public sealed record MessageEvent(MessageEventKind Kind, DateTimeOffset At, string? Text)
{
    /// <summary>Which link of the message was followed, where that is known.</summary>
    public int? Link { get; init; }
}

public static class MessageOwners
{
    /// <summary>The owner that a reference names, if any.</summary>
    public static (IMessageOwner Owner, long Id)? Find(IEnumerable<IMessageOwner> owners, string? reference)
    {
        if (reference?.LastIndexOf('_') is not (> 0 and var at)
            || !long.TryParse(reference.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        var prefix = reference[..at];
        foreach (var owner in owners)
            if (owner.Prefix == prefix) return (owner, id);
        return null;
    }

    /// <summary>Which of them may not leave after all, and why, by their ids.</summary>
    internal static async Task<Dictionary<long, string>> WithheldAsync(IEnumerable<IMessageOwner> owners, IEnumerable<MessageRow> rows,
        CancellationToken ct)
    {
        var withheld = new Dictionary<long, string>();
        var owned = from row in rows let found = Find(owners, row.Reference) where found is not null
            select (found.Value.Owner, Message: new LeavingMessage(found.Value.Id, row.Id, row.Recipient));
        foreach (var group in owned.GroupBy(o => o.Owner, o => o.Message))
            foreach (var (id, reason) in await group.Key.WithholdAsync([.. group], ct)) withheld[id] = reason;
        return withheld;
    }
}
