using System.Text.Json;
using RealEstateOs.Platform.Imports;

namespace RealEstateOs.Imports.Reading;

/// <summary>
/// Objects within the objects of a JSON file: <c>{"location": {"lat": 25.08}}</c> reads as a column <c>location.lat</c>. One whose members
/// are not known stays whole.
/// </summary>
internal static class NestedCells
{
    private const int Deepest = 3;

    // Within these a member is called what it would be called outside; within an agent, an e-mail is somebody else's.
    private static readonly HashSet<string> Transparent = new(StringComparer.OrdinalIgnoreCase)
    {
        "location", "address", "geo", "geolocation", "geo_location", "coordinates", "geopoint", "place", "map", "details", "attributes",
        "specs", "contact", "person", "customer", "lead",
    };

    public static IReadOnlyList<SourceCell> Flatten(IReadOnlyList<SourceCell> cells, Func<string, ImportMember?> memberOf)
    {
        if (cells.All(c => c.Json is not { ValueKind: JsonValueKind.Object })) return cells;
        var flat = new List<SourceCell>(cells.Count + 8);
        foreach (var cell in cells)
        {
            if (cell.Json is not { ValueKind: JsonValueKind.Object } nested || memberOf(cell.Column) is { Kind: CellKind.Object })
                flat.Add(cell);
            else if (Leaves(cell.Column, nested, 1).ToList() is var leaves && leaves.Exists(leaf => memberOf(leaf.Column) is not null))
                flat.AddRange(leaves);
            else flat.Add(cell);
        }
        return flat;
    }

    /// <summary>The columns by which a record is mapped: its members, and instead of objects within it what these hold.</summary>
    public static IEnumerable<string> Columns(IEnumerable<SourceCell> cells) => cells
        .SelectMany(c => c.Json is { ValueKind: JsonValueKind.Object } nested && c.Column != "metadata" ? Leaves(c.Column, nested, 1) : [c])
        .Select(c => c.Column);

    /// <summary>
    /// The heading by which a column is known: of <c>location.lat</c> it is <c>lat</c>, of <c>price.amount</c> the whole.
    /// </summary>
    public static string Heading(string column)
    {
        while (column.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && Transparent.Contains(column[..dot])
            && dot + 1 < column.Length) column = column[(dot + 1)..];
        return column;
    }

    private static IEnumerable<SourceCell> Leaves(string path, JsonElement nested, int depth)
    {
        foreach (var member in nested.EnumerateObject())
        {
            var name = $"{path}.{member.Name}";
            if (member.Value.ValueKind == JsonValueKind.Object && depth < Deepest)
                foreach (var leaf in Leaves(name, member.Value, depth + 1)) yield return leaf;
            else yield return new SourceCell(name, null, member.Value);
        }
    }
}
