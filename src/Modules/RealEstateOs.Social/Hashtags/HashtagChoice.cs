using System.Text.Json;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Social.Hashtags;

/// <summary>The member <c>hashtags</c> of a request: <c>"auto_generate"</c> (default), <c>"none"</c>, or a list.</summary>
internal sealed record HashtagWish(bool Auto, IReadOnlyList<string> Given)
{
    public static readonly HashtagWish Automatic = new(true, []);

    /// <summary>Null and a fault where it is none of these.</summary>
    public static HashtagWish? Read(JsonElement? wish, List<FieldError> faults)
    {
        switch (wish)
        {
            case null or { ValueKind: JsonValueKind.Null or JsonValueKind.True }: return Automatic;
            case { ValueKind: JsonValueKind.False }: return new(false, []);
            case { ValueKind: JsonValueKind.String } text:
                return text.GetString() switch { "auto_generate" or "auto" => Automatic, "none" or "" => new(false, []), _ =>
                    Fail("hashtags") };
            case { ValueKind: JsonValueKind.Array } list:
                var tags = new List<string>();
                foreach (var (item, place) in list.EnumerateArray().Select((item, place) => (item, place)))
                {
                    if (item.ValueKind == JsonValueKind.String && Hashtag.Read(item.GetString()!) is { } tag) tags.Add(tag);
                    else faults.Add(FieldError.Format($"hashtags[{place}]", "must be a hashtag, such as #DubaiMarina"));
                }
                return new(false, [.. tags.Distinct(StringComparer.OrdinalIgnoreCase)]);
            default: return Fail("hashtags");
        }

        HashtagWish? Fail(string member)
        {
            faults.Add(FieldError.Format(member, "must be auto_generate, none, or a list of hashtags"));
            return null;
        }
    }

    /// <summary>The hashtags of one post. In a row of posts the first ones stay and the rest takes turns.</summary>
    public IReadOnlyList<string> For(SocialPlatform platform, HashtagTopic topic, int? most, int turn = 0)
    {
        var limits = NetworkLimits.Of(platform);
        if (!Auto) return [.. Given.Take(most ?? int.MaxValue)];
        var count = Math.Min(most ?? limits.WrittenHashtags, limits.MostHashtags);
        var found = HashtagVocabulary.Find(topic).Select(t => t.Tag).ToArray();
        var anchors = (count + 1) / 2;
        var rest = found.Skip(anchors).Take(8).ToArray();
        return [.. found.Take(anchors)
            .Concat(Enumerable.Range(0, Math.Min(count - anchors, rest.Length)).Select(i => rest[(turn + i) % rest.Length])).Take(count)];
    }
}
