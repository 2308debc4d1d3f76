using System.Text.Json;

namespace RealEstateOs.Platform.Contacts;

/// <summary>
/// What a person said about messages: true, false or an object by channel (email, sms, phone, whatsapp; marketing means all).
/// </summary>
public static class Consent
{
    /// <summary>Does the person refuse messages by this channel, or by all?</summary>
    public static bool Refuses(this JsonElement? consent, string channel) =>
        consent is { ValueKind: JsonValueKind.False }
        || (consent is { ValueKind: JsonValueKind.Object } said
            && ((said.TryGetProperty(channel, out var answer) && answer.ValueKind == JsonValueKind.False)
                || (said.TryGetProperty("marketing", out var any) && any.ValueKind == JsonValueKind.False)));
}
