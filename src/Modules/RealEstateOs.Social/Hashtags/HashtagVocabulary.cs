using System.Globalization;
using System.Reflection;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social.Hashtags;

/// <summary>What a post is about, as hashtags see it.</summary>
internal sealed record HashtagTopic(bool IsDubai, bool Arabic)
{
    /// <summary>Names of places, the narrowest first: building, community, city, state.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];
    public string? PropertyType { get; init; }
    public string? Audience { get; init; }
    public PostType? Occasion { get; init; }
    public ContentStyle? Style { get; init; }
    public bool? IsRent { get; init; }
}

/// <summary>How well a hashtag fits, from 0 to 1.</summary>
internal sealed record ScoredHashtag(string Tag, decimal Relevance, string Kind);

/// <summary>
/// The maintained vocabulary (hashtags.tsv): tags with what they are about. Nothing here is measured; what own posts measured comes beside
/// it.
/// </summary>
internal static class HashtagVocabulary
{
    private static readonly Dictionary<string, decimal> Weights = new()
    {
        ["area"] = 1.0m, ["place"] = 0.9m, ["city"] = 0.8m, ["occasion"] = 0.75m, ["audience"] = 0.72m, ["type"] = 0.7m, ["style"] = 0.65m,
        ["deal"] = 0.5m, ["general"] = 0.3m,
    };

    private static readonly Entry[] All = Load();

    /// <summary>The tags that fit, the best first; kinds take turns, so that few tags still say where, what and for whom.</summary>
    public static IReadOnlyList<ScoredHashtag> Find(HashtagTopic topic)
    {
        var market = topic.IsDubai ? "dubai" : "us";
        var found = All.Where(e => e.Kind != "season" && (e.Market == market || e.Market == "any") && e.IsArabic == topic.Arabic
            && Fits(e, topic))
            .Select(e => new ScoredHashtag(e.Tag, Weights[e.Kind], e.Kind)).Concat(Named(topic))
            .GroupBy(t => t.Tag, StringComparer.OrdinalIgnoreCase).Select(g => g.MaxBy(t => t.Relevance)!);
        return [.. found.GroupBy(t => t.Kind)
            .SelectMany(g => g.Select((tag, place) => tag with { Relevance = Math.Round(tag.Relevance * Fade(place), 2) }))
            .OrderByDescending(t => t.Relevance).ThenBy(t => t.Tag, StringComparer.Ordinal)];
    }

    /// <summary>Does the place have tags of its own?</summary>
    public static bool Knows(string place, bool arabic) =>
        All.Any(e => e.Kind is "area" or "city" && e.IsArabic == arabic && e.Keys.Contains(Key(place)));

    /// <summary>What the calendar calls for this month; not measured.</summary>
    public static IReadOnlyList<string> InSeason(bool isDubai, int month)
    {
        var market = isDubai ? "dubai" : "us";
        return [.. All.Where(e => e.Kind == "season" && (e.Market == market || e.Market == "any")
            && e.Keys.Contains(month.ToString(CultureInfo.InvariantCulture))).Select(e => e.Tag)];
    }

    // Each further tag of a kind says less than the first.
    private static decimal Fade(int place) => 1m / (1 + 0.18m * place);

    private static IEnumerable<ScoredHashtag> Named(HashtagTopic topic) =>
        topic.Places.Where(p => p.HoldsArabic() == topic.Arabic).Take(2)
            .Where(p => !Knows(p, topic.Arabic))
            .Select(Hashtag.OfName).OfType<string>().Select(tag => new ScoredHashtag(tag, Weights["place"], "place"));

    private static bool Fits(Entry entry, HashtagTopic topic) => entry.Kind switch
    {
        "area" or "city" => topic.Places.Any(p => entry.Keys.Contains(Key(p))),
        "type" => topic.PropertyType is { } type && entry.Keys.Contains(Key(type)),
        "audience" => topic.Audience is { } audience && entry.Keys.Contains(Key(audience)),
        "occasion" => topic.Occasion is { } occasion && entry.Keys.Contains(Vocabulary.Word(occasion)),
        "style" => topic.Style is { } style && entry.Keys.Contains(Vocabulary.Word(style)),
        "deal" => topic.IsRent is { } rent && entry.Keys.Contains(rent ? "rent" : "sale"),
        _ => true,
    };

    private static string Key(string text) => text.Trim().ToLowerInvariant();

    private static Entry[] Load()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"{typeof(HashtagVocabulary).Namespace}.hashtags.tsv")!);
        var entries = new List<Entry>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal)) continue;
            var cells = line.Split('\t');
            entries.Add(new Entry(cells[0], cells[1], cells[2],
                [.. cells[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)], cells[4] == "ar"));
        }
        return [.. entries];
    }

    private sealed record Entry(string Tag, string Market, string Kind, HashSet<string> Keys, bool IsArabic);
}
