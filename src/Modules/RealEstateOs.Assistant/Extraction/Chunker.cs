using System.Text;
using System.Text.RegularExpressions;

namespace RealEstateOs.Assistant.Extraction;

/// <summary>A piece as it will be found, with what it stands under.</summary>
internal sealed record Piece(string Content, int Words, int? Page, string? Heading, string Language);

/// <summary>
/// Packs what was read into pieces of about a hundred words, none across a page or a heading: long enough to answer from, short enough to
/// cite.
/// </summary>
internal static partial class Chunker
{
    /// <summary>The embedder reads 512 tokens, about 350 English words, and drops the rest in silence.</summary>
    public const int MostWords = 160;
    private const int EnoughWords = 90;

    public static List<Piece> Cut(ExtractedText text)
    {
        var (pieces, open) = (new List<Piece>(), new List<Block>());
        var words = 0;
        foreach (var block in text.Blocks.SelectMany(Divide))
        {
            var length = CountWords(block.Text);
            if (open.Count > 0 && (open[0].Page != block.Page || open[0].Heading != block.Heading || words >= EnoughWords
                || words + length > MostWords)) Close();
            open.Add(block);
            words += length;
        }
        Close();
        return pieces;

        void Close()
        {
            if (open.Count == 0) return;
            var content = string.Join('\n', open.Select(b => b.Text));
            pieces.Add(new Piece(content, words, open[0].Page, open[0].Heading, Languages.Of(content)));
            (words, _) = (0, open.RemoveAll(_ => true));
        }
    }

    public static int CountWords(string text) => Word().Count(text);

    // A long paragraph is cut at its sentences; a sentence without end, at words.
    private static IEnumerable<Block> Divide(Block block)
    {
        if (CountWords(block.Text) <= MostWords) return [block];
        var (parts, part, words) = (new List<Block>(), new StringBuilder(), 0);
        foreach (var sentence in Sentences.Of(block.Text).SelectMany(Bounded))
        {
            var length = CountWords(sentence);
            if (words > 0 && words + length > EnoughWords)
            {
                parts.Add(block with { Text = part.ToString().Trim() });
                part.Clear();
                words = 0;
            }
            part.Append(sentence).Append(' ');
            words += length;
        }
        if (words > 0) parts.Add(block with { Text = part.ToString().Trim() });
        return parts;
    }

    private static IEnumerable<string> Bounded(string sentence)
    {
        if (CountWords(sentence) <= MostWords) return [sentence];
        return sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => w.Chunk(200).Select(c => new string(c)))
            .Chunk(EnoughWords).Select(c => string.Join(' ', c));
    }

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();
}

/// <summary>Sentences of a text; the lines of a table or a list are sentences of their own.</summary>
internal static partial class Sentences
{
    public static IEnumerable<string> Of(string text) =>
        text.Split('\n').SelectMany(line => End().Split(line)).Select(s => s.Trim()).Where(s => s.Length > 0);

    // A stop ends a sentence before a capital or a letter of a script without capitals; "e.g. " and "No. 5" don't.
    [GeneratedRegex(@"(?<=[.!?؟](?<!\b(?:e\.g|i\.e|No|no|approx|Mr|Mrs|Dr|St|vs|etc)\.))\s+(?=[\p{Lu}\p{Lo}\d""'(“])")]
    private static partial Regex End();
}

/// <summary>English or Arabic, by letters: what this product is asked in.</summary>
internal static class Languages
{
    public const string English = "en", Arabic = "ar";

    public static readonly string[] All = [English, Arabic];

    public static string Of(string text)
    {
        var (arabic, latin) = (0, 0);
        foreach (var c in text)
        {
            if (c is >= '\u0600' and <= '\u06FF' or >= '\uFB50' and <= '\uFEFC') arabic++;
            else if (char.IsAsciiLetter(c)) latin++;
        }
        return arabic > latin ? Arabic : English;
    }
}
