namespace RealEstateOs.Platform.Http.Lists;

/// <summary>Words of a search as a query over a <c>tsvector</c> of the configuration <c>simple</c>.</summary>
public static class WordSearch
{
    /// <summary>Every word, as the beginning of a word: <c>mar heig</c> becomes <c>mar:* &amp; heig:*</c>; empty where there is no word.</summary>
    public static string PrefixQuery(string text)
    {
        var letters = new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]);
        return string.Join(" & ", letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(12).Select(word => word + ":*"));
    }
}
