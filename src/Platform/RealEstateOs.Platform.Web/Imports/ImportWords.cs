namespace RealEstateOs.Platform.Imports;

/// <summary>What files call a value, beside our own word for it; case, spaces and signs make no difference.</summary>
public static class ImportWords
{
    /// <summary>Reads each of the words after a colon as the word before it: <c>"apartment: flat, unit, serviced flat"</c>.</summary>
    public static Func<string, string?> Of(params string[] lines)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var parts = line.Split(':', 2);
            foreach (var said in parts[1].Split(',')) words.Add(Plain(said), parts[0].Trim());
        }
        return text => words.GetValueOrDefault(Plain(text));
    }

    /// <summary>Letters and digits in lower case: how headings and values are compared.</summary>
    public static string Plain(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
