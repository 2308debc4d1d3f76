namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// What a project's name says of its neighbours: "Azizi Riviera 25" belongs with "Azizi Riviera 26" (family) and, a little less, with every
/// other project of the same first word in the area (brand). Many projects have a handful of sales; their siblings are the best evidence
/// there is.
/// </summary>
internal static class ProjectFamily
{
    private static readonly char[] Separators = [' ', '-', '.', ',', '(', ')', '/', '@', '&', '\''];
    // Words that say nothing alone; the next one belongs to them.
    private static readonly HashSet<string> Weak = ["THE", "AL", "LA", "EL", "DE", "ONE", "BY", "AT"];

    /// <summary>
    /// The names to look for within one area; null where the project has none. A brand and a family of one name are told apart by a mark.
    /// </summary>
    public static (string? Family, string? Brand) Of(string? project)
    {
        if (project is null) return (null, null);
        var words = project.ToUpperInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var kept = words.Where(w => !IsNumber(w)).ToArray();
        if (kept.Length == 0) return (null, null);
        var first = Weak.Contains(kept[0]) && kept.Length > 1 ? 2 : 1;
        var brand = string.Join(' ', kept.Take(first));
        var family = string.Join(' ', kept.Take(first + 1));
        return ($"f {family}", $"b {brand}");
    }

    private static bool IsNumber(string word) =>
        word.All(char.IsDigit) || word.Length <= 4 && word.All(c => c is 'I' or 'V' or 'X') || word.Length <= 2;
}
