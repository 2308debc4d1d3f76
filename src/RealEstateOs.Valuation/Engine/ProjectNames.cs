using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>A project with sales, and where it is.</summary>
/// <param name="Project">As the registry writes it.</param>
/// <param name="Area">Where most of its sales are.</param>
/// <param name="Sales">Known ones, of any kind and state.</param>
internal sealed record KnownProject(string Project, string Area, int Sales);

/// <summary>
/// Finds projects by the words of their names: "Marina Gate 1" is "The Residences at Marina Gate 1", the only project that has all of its
/// words. Words that many projects share ("The", "Residences", "Tower") decide nothing, and numbers must agree however they are written (I,
/// one, 1).
/// </summary>
internal sealed class ProjectNames
{
    private static readonly HashSet<string> Fillers =
    [
        "THE", "AT", "BY", "OF", "IN", "AND", "RESIDENCE", "RESIDENCES", "TOWER", "TOWERS", "BUILDING", "APARTMENT", "APARTMENTS",
        "PROJECT", "PHASE", "DUBAI",
    ];

    private static readonly Dictionary<string, string> Numbers = new()
    {
        ["I"] = "1", ["II"] = "2", ["III"] = "3", ["IV"] = "4", ["V"] = "5", ["VI"] = "6", ["ONE"] = "1", ["TWO"] = "2", ["THREE"] = "3",
        ["FOUR"] = "4", ["FIVE"] = "5",
    };

    private readonly Dictionary<string, KnownProject> byKey = new(StringComparer.Ordinal);
    private readonly List<(KnownProject Project, HashSet<string> Words)> all = [];
    private readonly Dictionary<string, List<int>> byWord = new(StringComparer.Ordinal);

    public ProjectNames(IEnumerable<Sale> sales)
    {
        foreach (var group in sales.Where(s => s.Project is not null).GroupBy(s => AreaNames.Key(s.Project!), StringComparer.Ordinal))
        {
            var area = group.GroupBy(s => s.Area, StringComparer.Ordinal).MaxBy(g => g.Count())!.Key;
            var project = byKey[group.Key] = new(group.Last().Project!, area, group.Count());
            var words = WordsOf(project.Project);
            foreach (var word in words)
                (byWord.TryGetValue(word, out var list) ? list : byWord[word] = []).Add(all.Count);
            all.Add((project, words));
        }
    }

    /// <summary>All of them, those with the most sales first.</summary>
    public IEnumerable<KnownProject> Largest =>
        all.Select(p => p.Project).OrderByDescending(p => p.Sales).ThenBy(p => p.Project, StringComparer.Ordinal);

    /// <summary>
    /// The project that a name means: spelled alike, or the only one, in the area if one is given, that has all of its words.
    /// </summary>
    public KnownProject? Find(string? name, string? area = null)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        if (byKey.TryGetValue(AreaNames.Key(name), out var exact)) return exact;
        var words = WordsOf(name);
        if (words.Count == 0 || words.All(IsNumber)) return null;
        var found = WithAll(words).ToList();
        // Of those that have all the words, one may have no other: "Marina Gate" beside "Marina Gate 1" and "2".
        if (found.Count > 1 && found.Where(f => f.Words.Count == words.Count).ToArray() is [var same]) found = [same];
        if (found.Count > 1 && area is not null)
            found = [.. found.Where(f => string.Equals(f.Project.Area, area, StringComparison.OrdinalIgnoreCase))];
        // One word alone says too little, unless it is all there is of the name.
        return found is [var only] && (words.Count > 1 || only.Words.Count == 1) ? only.Project : null;
    }

    /// <summary>
    /// Projects that the name may mean, the likeliest first: with all of its words (or their beginnings), then with some, then spelled
    /// nearly so.
    /// </summary>
    public IEnumerable<KnownProject> Like(string name)
    {
        var words = WordsOf(name);
        var key = AreaNames.Key(name);
        return all.Select(p => (p.Project, Score: Score(p, words, key))).Where(p => p.Score > 0.5).OrderByDescending(p => p.Score)
            .ThenByDescending(p => p.Project.Sales).Select(p => p.Project);
    }

    private static double Score((KnownProject Project, HashSet<string> Words) known, HashSet<string> words, string key)
    {
        var likeness = PlaceFinder.Likeness(key, AreaNames.Key(known.Project.Project));
        if (words.Count == 0) return AreaNames.Key(known.Project.Project).Contains(key, StringComparison.Ordinal) ? 1 + likeness : likeness;
        var shared = words.Count(
            w => known.Words.Any(k => k == w || (w.Length > 1 && !IsNumber(w) && k.StartsWith(w, StringComparison.Ordinal))))
            / (double)words.Count;
        return shared == 1 ? 2 + likeness : Math.Max(likeness, shared * 0.9);
    }

    private IEnumerable<(KnownProject Project, HashSet<string> Words)> WithAll(HashSet<string> words)
    {
        var rarest = words.Select(w => byWord.GetValueOrDefault(w)).MinBy(l => l?.Count ?? 0);
        return rarest is null ? []
            : rarest.Select(i => all[i])
                .Where(p => p.Words.IsSupersetOf(words) && p.Words.Where(IsNumber).ToHashSet().SetEquals(words.Where(IsNumber)));
    }

    private static HashSet<string> WordsOf(string name)
    {
        var letters = new string([.. name.Select(c => char.IsLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' ')]);
        return [.. letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => Numbers.GetValueOrDefault(w, w))
            .Where(w => !Fillers.Contains(w))];
    }

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);
}
