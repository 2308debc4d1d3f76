using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MimeKit;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>
/// A mail as SendGrid's Inbound Parse posts it: its parts as members of a form, in the character sets that one of them names.
/// </summary>
/// <param name="Id">Its Message-Id, the same however often it is posted.</param>
/// <param name="Text">What its writer wrote, without what was quoted.</param>
internal sealed record InboundMail(string Id, string? From, string[] To, string? Subject, string Text)
{
    private const int LongestText = 20_000;
    // What a person writes stands at the beginning; the rest of a mail of megabytes is not looked through.
    private const int LongestRead = 200_000;

    /// <summary>Message-Ids that it answers.</summary>
    [JsonIgnore] public IReadOnlyList<string> References { get; private init; } = [];
    /// <summary>Written by a program: out of office, not delivered (RFC 3834).</summary>
    public bool IsAutomatic { get; private init; }
    /// <summary>Its sender is who it says: SPF or DKIM passed.</summary>
    public bool IsProven { get; private init; }

    /// <summary>Null where the form is no mail.</summary>
    public static InboundMail? Read(IReadOnlyDictionary<string, byte[]> form)
    {
        var sets = Members(form, "charsets");
        string? Part(string name) => form.TryGetValue(name, out var bytes) ? Decode(bytes, sets.GetValueOrDefault(name)) : null;
        var headers = Headers(form.GetValueOrDefault("headers"));
        var sender = Addresses(Part("from")).FirstOrDefault();
        if (sender is null && headers.Count == 0) return null;
        var envelope = Members(form, "envelope");
        var text = ReplyText.Of(Part("text") is { Length: > 0 } plain ? plain.Shortened(LongestRead)
            : MessageTemplate.WithoutTags((Part("html") ?? "").Shortened(LongestRead)));
        return new InboundMail(headers[HeaderId.MessageId] ?? $"{sender} {text}", EmailAddress.Normalise(sender),
            [.. Addresses(Part("to")), .. Addresses(Part("cc")), .. Addresses(envelope.GetValueOrDefault("to"))], Part("subject"),
            text.Shortened(LongestText))
        {
            References = [.. new[] { headers[HeaderId.InReplyTo], headers[HeaderId.References] }.OfType<string>()],
            IsAutomatic = headers[HeaderId.AutoSubmitted] is { } auto && !auto.Trim().StartsWith("no", StringComparison.OrdinalIgnoreCase)
                || headers["X-Autoreply"] is not null
                || headers[HeaderId.Precedence]?.Trim().ToLowerInvariant() is "auto_reply" or "bulk" or "junk"
                || sender?.Split('@')[0].ToLowerInvariant() is "mailer-daemon" or "postmaster",
            IsProven = Part("SPF")?.Trim().Equals("pass", StringComparison.OrdinalIgnoreCase) == true
                || Part("dkim")?.Contains(": pass", StringComparison.OrdinalIgnoreCase) == true,
        };
    }

    private static HeaderList Headers(byte[]? block)
    {
        if (block is not { Length: > 0 }) return [];
        using var stream = new MemoryStream(block);
        try
        {
            return HeaderList.Load(ParserOptions.Default, stream);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Addresses(string? text) =>
        InternetAddressList.TryParse(text ?? "", out var list) ? list.Mailboxes.Select(m => m.Address) : [];

    // Members of the form that are JSON: what is no text in them is joined by commas.
    private static Dictionary<string, string> Members(IReadOnlyDictionary<string, byte[]> form, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(form.GetValueOrDefault(name) ?? "{}"u8.ToArray(),
                new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.RootElement.ValueKind != JsonValueKind.Object ? [] : json.RootElement.EnumerateObject().ToDictionary(m => m.Name,
                m => m.Value.ValueKind == JsonValueKind.Array
                    ? string.Join(", ", m.Value.EnumerateArray().Select(ProviderEvent.Scalar)) : ProviderEvent.Scalar(m.Value) ?? "");
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Decode(byte[] bytes, string? charset)
    {
        try
        {
            return Encoding.GetEncoding(charset ?? "utf-8").GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
        }
    }
}
