using System.Text;
using System.Text.RegularExpressions;

namespace RealEstateOs.Assistant.Extraction;

/// <summary>Plain text and Markdown: paragraphs end at empty lines, headings of Markdown are kept beside what stands under them.</summary>
internal static partial class PlainText
{
    public static async Task<ExtractedText> ReadAsync(Stream content, CancellationToken ct)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        return Read(await reader.ReadToEndAsync(ct));
    }

    public static ExtractedText Read(string text)
    {
        new TextBudget().Take(text.Length);
        var (blocks, paragraph) = (new List<Block>(), new List<string>());
        var headings = new string?[7];
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (Heading().Match(line) is { Success: true } heading)
            {
                End();
                var depth = heading.Groups[1].Length;
                headings[depth] = Plain(heading.Groups[2].Value.TrimEnd('#').TrimEnd());
                Array.Fill(headings, null, depth + 1, headings.Length - depth - 1);
            }
            else if (line.Length == 0) End();
            else if (!IsRule(line)) paragraph.Add(Plain(line));
        }
        End();
        return blocks.Count > 0 ? new ExtractedText(blocks, null) : throw new UnreadableDocument("The document holds no text.");

        void End()
        {
            if (paragraph.Count > 0)
                blocks.Add(new Block(string.Join('\n', paragraph),
                    Heading: string.Join(" › ", headings.Where(h => h is not null)) is { Length: > 0 } path ? path : null));
            paragraph.Clear();
        }
    }

    // What a reader does not see: emphasis, the address of a link, the bars around a row.
    private static string Plain(string line) =>
        Links().Replace(line, "$1").Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Trim('|', ' ');

    // A line across the page, the line below a table's head, the fence of code.
    private static bool IsRule(string line) => Fence().IsMatch(line) || (line.Contains("---", StringComparison.Ordinal)
        && line.All(c => c is '-' or ':' or '|' || char.IsWhiteSpace(c)));

    // Each of these costs by the length of a line: documents come from anywhere.
    [GeneratedRegex(@"^(#{1,6})\s+(.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(```\w*|={3,})$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"!?\[([^\[\]]*)\]\([^)\s]{0,2000}\)")]
    private static partial Regex Links();
}
