namespace RealEstateOs.Platform.Problems;

/// <summary>The known name that was probably meant, by the fewest letters that differ.</summary>
internal static class NearestName
{
    public static string? Of(string given, IEnumerable<string> known)
    {
        var plain = Plain(given);
        var nearest = known.Select(name => (Name: name, Distance: Distance(plain, Plain(name))))
            .DefaultIfEmpty((Name: "", Distance: int.MaxValue)).MinBy(n => n.Distance);
        return nearest.Distance <= Math.Max(1, plain.Length / 3) ? nearest.Name : null;
    }

    /// <summary>" (did you mean status?)", or nothing.</summary>
    public static string Hint(string given, IEnumerable<string> known) => Of(given, known) is { } name ? $" (did you mean {name}?)" : "";

    private static string Plain(string name) =>
        name.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                (corner, row[j]) = (row[j], left);
            }
        }
        return row[b.Length];
    }
}
