using System.Text.Json;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Serialization;

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

    /// <summary>The channels by which the person wants no messages.</summary>
    public static IReadOnlyList<MessageChannel> Refused(this JsonElement? consent) =>
        [.. Enum.GetValues<MessageChannel>().Where(channel => consent.Refuses(Vocabulary.Word(channel)))];
}
