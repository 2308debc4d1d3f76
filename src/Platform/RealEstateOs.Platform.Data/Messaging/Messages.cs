namespace RealEstateOs.Platform.Messaging;

/// <summary>A mail to one recipient, as text and, beside it, as HTML.</summary>
public sealed record Mail(string To, string Subject, string Text)
{
    public string? ToName { get; init; }

    public string? Html { get; init; }

    /// <summary>Who writes, as the recipient knows them; the address that it leaves from is the installation's.</summary>
    public string? FromName { get; init; }

    /// <summary>One address or several, with commas between: mail programs answer to all of them.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Further headers, such as List-Unsubscribe and List-Unsubscribe-Post.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What the mail is about, as a reference (<c>rcpt_12</c>), to find it by.</summary>
    public string? Reference { get; init; }

    /// <summary>Somebody waits for it to get into their account: it has a queue of its own, which no campaign stands before.</summary>
    public bool IsForAccount { get; init; }

    /// <summary>It carries a secret: once it has left, its text is not kept.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>A text message; the number in E.164.</summary>
public sealed record Sms(string To, string Text)
{
    public string? Reference { get; init; }
}

/// <summary>
/// A mail that leaves now. Its id and Message-Id are the same at every attempt, so that a second copy after a crash between
/// the provider's acceptance and our record can be told.
/// </summary>
public sealed record OutgoingMail(long Id, string MessageId, Mail Mail, DateTimeOffset WrittenAt);

public sealed record OutgoingSms(long Id, Sms Sms, DateTimeOffset WrittenAt);

/// <summary>What the provider calls the message, where it says so.</summary>
public sealed record Receipt(string? ProviderId);

/// <summary>
/// A way to send mails. It throws <see cref="Jobs.PermanentJobFailure"/> where trying again can't help,
/// <see cref="Jobs.RetryJobLater"/> where the provider named a time, anything else to be tried again with growing waits.
/// </summary>
public interface IMailTransport
{
    string Name { get; }

    Task<Receipt> SendAsync(OutgoingMail mail, CancellationToken ct);
}

/// <summary>A way to send text messages; faults as with <see cref="IMailTransport"/>.</summary>
public interface ISmsTransport
{
    string Name { get; }

    Task<Receipt> SendAsync(OutgoingSms sms, CancellationToken ct);
}
