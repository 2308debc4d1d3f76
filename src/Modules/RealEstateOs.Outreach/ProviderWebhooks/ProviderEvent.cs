using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>An event of a provider, in our words; <see cref="Kind"/> is null for what changes nothing here.</summary>
internal sealed partial record ProviderEvent(string Provider, string Id, string Name, string Payload)
{
    public MessageEventKind? Kind { get; init; }
    public DateTimeOffset At { get; init; }
    public string? Text { get; init; }
    /// <summary>The address that may not be written to any more, and why.</summary>
    public (MessageChannel Channel, string Address, SuppressionReason Reason)? Suppress { get; init; }
    /// <summary>The address whose owner takes a no back that they gave by such a message.</summary>
    public (MessageChannel Channel, string Address)? TakeBack { get; init; }
    public long? MessageId { get; init; }
    /// <summary>Whose message it is, where the event says so: <c>comm</c> and its number.</summary>
    public (string Kind, long Id)? About { get; init; }
    public string? ProviderId { get; init; }
    /// <summary>The mailbox that an answer came from, where its server vouches for it.</summary>
    public string? Sender { get; init; }
    /// <summary>The number that a text message came from.</summary>
    public string? From { get; init; }

    /// <summary>SendGrid's event, or the guide's object.</summary>
    public static ProviderEvent Email(JsonElement body, DateTimeOffset now)
    {
        string? Read(string member) => body.TryGetProperty(member, out var value) ? Scalar(value) : null;
        var name = Read("event") ?? "";
        var address = Read("email");
        // An image fetched by a mail program says nothing about its reader.
        var machine = Read("sg_machine_open") is "true" or "True";
        var kind = name switch
        {
            "delivered" => MessageEventKind.Delivered,
            "open" or "opened" => machine ? MessageEventKind.OpenedByMachine : MessageEventKind.Opened,
            "click" or "clicked" => MessageEventKind.Clicked,
            "bounce" or "bounced" =>
                Bounce.IsDead(Read("type"), Read("bounce_classification"), Read("status"), Read("reason")) ? MessageEventKind.Bounced
                    : MessageEventKind.Failed,
            "dropped" => MessageEventKind.Failed,
            "spamreport" or "spam_report" => MessageEventKind.Complained,
            "unsubscribe" or "group_unsubscribe" => MessageEventKind.Unsubscribed,
            "reply" or "inbound" => MessageEventKind.Replied,
            _ => (MessageEventKind?)null,
        };
        var reply = kind == MessageEventKind.Replied ? Read("reply_text") ?? Read("text") ?? Read("body") : null;
        if (kind == MessageEventKind.Replied) address ??= Read("from");
        SuppressionReason? reason = kind switch
        {
            MessageEventKind.Bounced => SuppressionReason.Bounced,
            MessageEventKind.Complained => SuppressionReason.Complained,
            MessageEventKind.Unsubscribed => SuppressionReason.Unsubscribed,
            MessageEventKind.Replied when OptOutWords.IsStop(reply) => SuppressionReason.Unsubscribed,
            _ => null,
        };
        return new ProviderEvent("email", Read("sg_event_id") is { Length: > 0 } id ? Short(id) : Hash(body.GetRawText()), Cut(name),
            body.GetRawText())
        {
            Kind = kind, At = Time(Read("timestamp"), now), Text = kind == MessageEventKind.Replied ? reply : Read("reason"),
            Suppress = reason is { } why && address is { Length: > 0 and <= 254 } ? (MessageChannel.Email, address, why) : null,
            MessageId = Number(Read("message_id"))
                ?? Number(OurMessageId().Match(Read("smtp-id") ?? "") is { Success: true } own ? own.Groups[1].Value : null),
            About = CommunicationOf(Read("communication_id")), ProviderId = Read("sg_message_id")?.Split('.')[0],
        };
    }

    /// <summary>
    /// An incoming mail: an answer to what its address, its references or else its sender name; machines' answers change nothing.
    /// </summary>
    /// <param name="reference">Of what its signed address names.</param>
    /// <param name="answered">The message that its headers name.</param>
    public static ProviderEvent Reply(InboundMail mail, string? reference, long? answered, DateTimeOffset now)
    {
        var stop = OptOutWords.IsStop(mail.Text);
        return new ProviderEvent("inbound", Hash(mail.Id), mail.IsAutomatic ? "automatic_reply" : "reply",
            JsonSerializer.Serialize(mail, Json.Options))
        {
            Kind = mail.IsAutomatic ? null : MessageEventKind.Replied, At = now, Text = mail.Text,
            Suppress = stop && !mail.IsAutomatic && mail.From is { } no ? (MessageChannel.Email, no, SuppressionReason.Unsubscribed) : null,
            About = Number(reference) is { } id ? (reference![..reference!.LastIndexOf('_')], id) : null, MessageId = answered,
            Sender = mail.IsProven ? mail.From : null,
        };
    }

    /// <summary>Twilio's status callback or incoming message, from its form or the guide's object.</summary>
    public static ProviderEvent Sms(IReadOnlyDictionary<string, string> body, string payload, DateTimeOffset now)
    {
        string? Read(string member) => body.TryGetValue(member, out var value) && value.Length > 0 ? value : null;
        var status = (Read("MessageStatus") ?? Read("SmsStatus") ?? "received").ToLowerInvariant();
        var kind = status switch
        {
            "delivered" or "read" => MessageEventKind.Delivered,
            "failed" or "undelivered" => MessageEventKind.Failed,
            "received" => MessageEventKind.Replied,
            _ => (MessageEventKind?)null,
        };
        var incoming = kind == MessageEventKind.Replied;
        var from = PhoneNumber.Normalise(Read("From")) ?? Read("From");
        var stop = incoming && (Read("OptOutType") == "STOP" || OptOutWords.IsStop(Read("Body")));
        var start = incoming && !stop && (Read("OptOutType") == "START" || OptOutWords.IsStart(Read("Body")));
        // Twilio's "attempt to send to unsubscribed recipient": they wrote STOP, and it did not reach us.
        var refused = Read("ErrorCode") == "21610" ? Read("To") : null;
        var id = Read("MessageSid") ?? Read("SmsSid");
        return new ProviderEvent("sms", id is null ? Hash(payload) : Short($"{id}:{status}"), Cut(status), payload)
        {
            Kind = kind, At = now,
            Text = kind == MessageEventKind.Replied ? Read("Body") : Read("ErrorCode") is { } code ? $"error {code}" : null,
            Suppress = (stop ? from : refused) is { Length: <= 40 } no ? (MessageChannel.Sms, no, SuppressionReason.Unsubscribed) : null,
            TakeBack = start && from is { Length: <= 40 } again ? (MessageChannel.Sms, again) : null,
            About = CommunicationOf(Read("communication_id")), ProviderId = incoming ? null : id, From = incoming ? from : null,
        };
    }

    internal static string? Scalar(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) return value.GetRawText();
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString()!.Replace("\0", "", StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return null; // half a character
        }
    }

    private static (string, long)? CommunicationOf(string? id) => Number(id) is { } number ? (CommunicationId.Prefix, number) : null;

    private static long? Number(string? text) =>
        long.TryParse(text is null ? null : text[(text.LastIndexOf('_') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) ? number : null;

    private static DateTimeOffset Time(string? seconds, DateTimeOffset now) =>
        Number(seconds) is { } unix and > 0 && unix < now.AddDays(1).ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(unix) : now;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Cut(string text) => string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_').Take(50));

    private static string Short(string id) => id.Length > 200 ? Hash(id) : id;

    [GeneratedRegex(@"<reos-(\d{1,18})[-@]")]
    private static partial Regex OurMessageId();
}
