using System.Reflection;
using System.Text.RegularExpressions;

namespace RealEstateOs.Social.Writing;

/// <summary>
/// The lines of a language, by section. What may be said is decided by the slots that are known; which of it, by the turn.
/// </summary>
internal sealed partial class Phrases
{
    private const int EnoughOfTheirOwn = 4;

    private readonly Dictionary<string, List<string>> sections = new(StringComparer.Ordinal);

    public static readonly Phrases English = new("en"), Arabic = new("ar");

    private Phrases(string language)
    {
        var name = $"{typeof(Phrases).Namespace}.{language}.txt";
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        List<string> section = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[') section = sections[line.Trim('[', ']')] = [];
            else section.Add(line);
        }
    }

    /// <summary>All lines, for tests that read them.</summary>
    internal IReadOnlyDictionary<string, List<string>> Sections => sections;

    public bool Has(string section) => sections.ContainsKey(section);

    /// <summary>
    /// The line of this turn with its slots filled; null where none can be said. Turns that follow each other take different lines; the
    /// seed decides where they begin.
    /// </summary>
    public string? Say(string section, string style, Slots slots, ulong seed, int turn)
    {
        var own = Usable($"{section}.{style}", slots);
        var lines = own.Count >= EnoughOfTheirOwn || style == "minimal" && own.Count > 0 ? own : [.. own, .. Usable(section, slots)];
        if (lines.Count == 0) return null;
        // A line that brings no news (the bare one) is for those who have nothing to tell.
        var most = lines.Max(Said);
        var telling = section == "body" ? [.. lines.Where(l => Said(l) == most)] : lines;
        var place = (int)((SeedOf.Text(section, seed) + (ulong)turn) % (ulong)telling.Count);
        return slots.Fill(telling[place]);
    }

    private List<string> Usable(string section, Slots slots) =>
        sections.TryGetValue(section, out var lines) ? lines.FindAll(l => Names(l).All(slots.CanSay)) : [];

    private static int Said(string line) => Names(line).Count();

    internal static IEnumerable<string> Names(string line) => Slot().Matches(line).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\{(\w+)\}")]
    internal static partial Regex Slot();
}

/// <summary>What is known to be said, each thing once.</summary>
internal sealed class Slots
{
    private readonly Dictionary<string, (string Text, string Thing)> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    /// <summary>Names a thing in one or more forms; saying one of them is saying the thing. Without a thing it may be said again.</summary>
    public void Know(string slot, string? text, string thing = "")
    {
        if (!string.IsNullOrWhiteSpace(text)) known[slot] = (text, thing);
    }

    public bool CanSay(string slot) => known.TryGetValue(slot, out var found) && !said.Contains(found.Thing);

    public string? Take(string slot)
    {
        if (!CanSay(slot)) return null;
        Forget(slot);
        return known[slot].Text;
    }

    public string Fill(string line) => Phrases.Slot().Replace(line, m =>
    {
        var (text, _) = known[m.Groups[1].Value];
        Forget(m.Groups[1].Value);
        return m.Index == 0 ? Capital(text) : text;
    });

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private void Forget(string slot)
    {
        if (known[slot].Thing is { Length: > 0 } thing) said.Add(thing);
    }
}

/// <summary>Numbers that are the same in each process and version: FNV-1a.</summary>
internal static class SeedOf
{
    public static ulong Text(string text, ulong seed = 0)
    {
        var hash = 14695981039346656037UL ^ seed * 1099511628211UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash ^ (hash >> 29);
    }
}
