using System.Text;
using System.Text.RegularExpressions;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>
/// Texts and questions as they are indexed and asked, in one place: letters folded as in all searches (<see cref="Folding"/>), Arabic words
/// cut to their stem (Larkey's light stemmer, because PostgreSQL's leaves articles and endings), everything but words and numbers dropped.
/// English is stemmed by PostgreSQL.
/// </summary>
internal static partial class Words
{
    private static readonly string[] Prefixes = ["وال", "بال", "كال", "فال", "لل", "ال"];
    private static readonly string[] Suffixes = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];
    private static readonly HashSet<string> ArabicStopWords =
    [
        "من", "في", "على", "علي", "الى", "الي", "عن", "ما", "ماذا", "هل", "هو", "هي", "كم", "كيف", "متى", "متي", "اين", "هذا", "هذه", "ذلك",
        "التي", "الذي", "ان", "او", "ثم", "مع", "كل",
        "قد", "لا", "ال", "لم", "لن", "بعد", "قبل", "عند", "كان", "يكون", "تكون",
    ];

    public static string Fold(string text)
    {
        var words = new StringBuilder(text.Length);
        var folded = Folding.Fold(Thousands().Replace(text, ""));
        foreach (Match word in Word().Matches(folded))
        {
            var stem = IsArabic(word.Value[0]) ? ArabicStem(word.Value) : word.Value.Length > 60 ? word.Value[..60] : word.Value;
            if (stem.Length > 0) words.Append(stem).Append(' ');
        }
        return words.ToString().TrimEnd();
    }

    private static string ArabicStem(string word)
    {
        if (ArabicStopWords.Contains(word)) return "";
        // Poppler turns some lam-alefs round: both ways of writing become one.
        word = word.Replace("لا", "ال", StringComparison.Ordinal);
        if (word.Length > 4 && word[0] == 'و') word = word[1..];
        if (Array.Find(Prefixes, p => word.StartsWith(p, StringComparison.Ordinal) && word.Length - p.Length >= 3) is { } prefix)
            word = word[prefix.Length..];
        while (Array.Find(Suffixes, s => word.EndsWith(s, StringComparison.Ordinal) && word.Length - s.Length >= 3) is { } suffix)
            word = word[..^suffix.Length];
        return word;
    }

    private static bool IsArabic(char c) => c is >= '\u0600' and <= '\u06FF';

    [GeneratedRegex(@"(?<=\d)[,٬](?=\d{3}(?!\d))")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\d+\.\d+|[\p{L}]+|\d+")]
    private static partial Regex Word();
}
