using System.Text;

namespace RealEstateOs.Assistant.Reviews;

/// <summary>
/// The shortest way from one text to another in whole lines (longest common subsequence); sentences count as lines, so that one changed
/// word is no changed page.
/// </summary>
internal static class LineDiff
{
    // The table grows with the product; beyond it the whole text counts as changed.
    private const int MostCells = 4_000_000;

    public static string Of(string before, string after)
    {
        var (old, changed) = (Extraction.Sentences.Of(before).ToArray(), Extraction.Sentences.Of(after).ToArray());
        if ((long)old.Length * changed.Length > MostCells)
            return string.Concat(old.Select(l => $"-{l}\n").Concat(changed.Select(l => $"+{l}\n")));
        var common = new int[old.Length + 1, changed.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = changed.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == changed[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var text = new StringBuilder();
        for (int i = 0, j = 0; i < old.Length || j < changed.Length;)
        {
            if (i < old.Length && j < changed.Length && old[i] == changed[j])
                (i, j, _) = (i + 1, j + 1, text.Append(' ').Append(old[i]).Append('\n'));
            else if (i < old.Length && (j == changed.Length || common[i + 1, j] >= common[i, j + 1]))
                text.Append('-').Append(old[i++]).Append('\n');
            else text.Append('+').Append(changed[j++]).Append('\n');
        }
        return text.ToString();
    }
}
