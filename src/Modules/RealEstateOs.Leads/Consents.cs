using System.Text.Json;
using System.Text.Json.Nodes;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads;

/// <summary>What a person said about messages: true, false or an object by channel.</summary>
internal static class Consents
{
    private static readonly string[] Channels = ["email", "sms", "phone"];

    /// <summary>Two answers of one person: a no outlives every yes.</summary>
    public static JsonElement? Together(JsonElement? kept, JsonElement? added)
    {
        if (Unsaid(kept) || Unsaid(added)) return Unsaid(kept) ? added : kept;
        var (one, two) = (kept!.Value, added!.Value);
        if (one.ValueKind == JsonValueKind.False || two.ValueKind == JsonValueKind.False)
            return one.ValueKind == JsonValueKind.False ? one : two;
        if (one.ValueKind == JsonValueKind.True && two.ValueKind == JsonValueKind.True) return one;
        var (both, other) = (ByChannel(one), ByChannel(two));
        foreach (var (channel, answer) in other)
            if (both[channel] is null || answer?.GetValueKind() == JsonValueKind.False) both[channel] = answer?.DeepClone();
        return JsonSerializer.SerializeToElement(both, Json.Options);
    }

    private static bool Unsaid(JsonElement? consent) =>
        consent is not { ValueKind: JsonValueKind.True or JsonValueKind.False or JsonValueKind.Object };

    private static JsonObject ByChannel(JsonElement consent) => consent.ValueKind == JsonValueKind.Object
        ? JsonObject.Create(consent)!
        : new JsonObject(Channels.Select(channel => KeyValuePair.Create<string, JsonNode?>(channel, true)));
}
