using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Texts;

namespace RealEstateOs.Assistant.Answers;

/// <summary>
/// The text of a model as it may be shown: each statement with the source that it names. A statement is what stands in a line up to its
/// number, <c>[2]</c>; one that names no source, or one that there is not, is left out. A heading or a line that ends with a colon waits
/// for the statement after it.
/// </summary>
internal sealed partial class CitedText(Sources sources)
{
    private readonly StringBuilder shown = new(), lead = new();
    private readonly SortedSet<int> cited = [];
    private readonly HashSet<string> unfounded = [];
    private string open = "";
    private bool inLine;

    public string Text => shown.ToString();

    public IReadOnlyCollection<int> Cited => cited;

    /// <summary>Something was said without a source.</summary>
    public bool LeftOut { get; private set; }

    /// <summary>Figures of the text that stand in none of the sources that it names for them.</summary>
    public IReadOnlyCollection<string> Unfounded => unfounded;

    /// <summary>Takes a piece and gives what may be shown by now.</summary>
    public string Append(string piece)
    {
        open += piece;
        var before = shown.Length;
        for (var end = open.IndexOf('\n', StringComparison.Ordinal); end >= 0; end = open.IndexOf('\n', StringComparison.Ordinal))
        {
            if (Rest(open[Statements(open[..end])..end])) lead.Append('\n');
            (open, inLine) = (open[(end + 1)..], false);
        }
        open = open[Statements(open)..];
        return shown.ToString(before, shown.Length - before);
    }

    /// <summary>No more comes: what is open is judged.</summary>
    public string End()
    {
        var before = shown.Length;
        Rest(open[Statements(open)..]);
        (open, inLine) = ("", false);
        lead.Clear();
        return shown.ToString(before, shown.Length - before);
    }

    // Shows the statements of a line, or of what is there of it, and says where they end.
    private int Statements(string line)
    {
        var at = 0;
        foreach (Match match in Numbers().Matches(line))
        {
            var named = match.Value.WithLatinDigits().Replace('،', ',');
            var statement = line[at..match.Index] + named;
            at = match.Index + match.Length;
            int[] numbers = [.. Number().Matches(named).Select(n => int.Parse(n.ValueSpan, CultureInfo.InvariantCulture))];
            if (numbers.All(sources.Knows)) Show(statement, numbers);
            else LeftOut = true;
        }
        return at;
    }

    private void Show(string statement, int[] numbers)
    {
        if (shown.Length > 0) shown.Append(lead);
        else shown.Append(lead.ToString().TrimStart());
        lead.Clear();
        // What ended a statement that was left out does not begin this one.
        var whole = inLine || (shown.Length > 0 && statement.TrimStart() is [not ('.' or ',' or ';'), ..]);
        shown.Append(whole ? statement : statement.TrimStart(' ', '.', ',', ';'));
        inLine = true;
        cited.UnionWith(numbers);
        var known = Figures(string.Join(' ', numbers.Select(sources.TextOf))).ToHashSet();
        unfounded.UnionWith(Figures(Numbers().Replace(statement, "")).Where(f => f.Length > 1 && !known.Contains(f)));
    }

    // What a line has after its last number, or all of a line without any. Says whether something of the line stays.
    private bool Rest(string text)
    {
        if (!text.Any(char.IsLetterOrDigit))
        {
            if (inLine) shown.Append(text.TrimEnd());
            return true;
        }
        if (!inLine && Leads(text.Trim()))
        {
            lead.Append(text);
            return true;
        }
        LeftOut = true;
        return inLine;
    }

    private static bool Leads(string line) =>
        line[0] is '#' or '|' || line[^1] == ':'
            || (line.StartsWith("**", StringComparison.Ordinal) && line.EndsWith("**", StringComparison.Ordinal));

    // 1,800,000 is 1800000; ends of sentences are no decimals.
    private static IEnumerable<string> Figures(string text) =>
        Figure().Matches(text.WithLatinDigits()).Select(f => f.Value.Replace(",", "", StringComparison.Ordinal));

    [GeneratedRegex(@"\[[0-9٠-٩۰-۹]{1,3}(\s*[,،]\s*[0-9٠-٩۰-۹]{1,3})*\](\s?\[[0-9٠-٩۰-۹]{1,3}(\s*[,،]\s*[0-9٠-٩۰-۹]{1,3})*\])*")]
    private static partial Regex Numbers();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex(@"[0-9]+(,[0-9]{3})*(\.[0-9]+)?")]
    private static partial Regex Figure();
}
