using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using RealEstateOs.Imports.Reading;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;

namespace RealEstateOs.Imports;

/// <summary>
/// Which column becomes which member. The request's own mapping comes first, then headings that are a member's name, then those that are known for it,
/// whatever their case, spaces and underscores. What is left goes into the metadata, where the record has any.
/// </summary>
internal sealed partial class ColumnPlan
{
    public const string Metadata = "metadata", Ignored = "ignored";

    private readonly Dictionary<string, Target> targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImportMember> members;
    private readonly Dictionary<string, (int Rank, ImportMember Member)> headings = new(StringComparer.Ordinal);
    private readonly ImportSettings settings;
    private readonly bool takesMetadata;
    private readonly List<(ImportMember Member, string Template)> defaults = [], fallbacks = [];

    public ColumnPlan(IRowImporter importer, ImportSettings settings)
    {
        this.settings = settings;
        members = importer.Members.ToDictionary(m => m.Name, StringComparer.Ordinal);
        takesMetadata = members.ContainsKey(Metadata);
        foreach (var member in importer.Members) headings.TryAdd(Plain(member.Name), (0, member));
        foreach (var member in importer.Members)
            for (var i = 0; i < member.Headings.Length; i++) headings.TryAdd(Plain(member.Headings[i]), (i + 1, member));
        foreach (var (name, template) in settings.Defaults) defaults.Add((members[name], template));
    }

    /// <summary>Every column met so far, with the member it becomes, <c>metadata</c> or <c>ignored</c>.</summary>
    public Dictionary<string, string> Columns => targets.ToDictionary(t => t.Key, t => t.Value.Name);

    /// <summary>What new records get where their row does not say it: member → template.</summary>
    public Dictionary<string, string> Filled => defaults.Concat(fallbacks).ToDictionary(d => d.Member.Name, d => d.Template);

    public IReadOnlySet<string> Mapped =>
        targets.Values.Where(t => t.Member is not null).Select(t => t.Name).Concat(defaults.Concat(fallbacks).Select(d => d.Member.Name)).ToHashSet();

    /// <summary>Decides about a whole header at once, so that the best heading of several wins.</summary>
    public void Take(IEnumerable<string> columns)
    {
        var open = columns.Distinct(StringComparer.Ordinal).Where(c => !targets.ContainsKey(c)).ToList();
        foreach (var column in open.Where(c => settings.Mapping.ContainsKey(c)))
            targets[column] = settings.Mapping[column] switch { null => new Target(Ignored, null), Metadata => new Target(Metadata, null), var name => new Target(name, members[name]) };
        var taken = targets.Values.Where(t => t.Member is not null).Select(t => t.Name).ToHashSet();
        var guesses = from column in open
                      where !targets.ContainsKey(column)
                      let guess = headings.GetValueOrDefault(Plain(column))
                      where guess.Member is not null
                      orderby guess.Rank
                      select (column, guess.Member);
        foreach (var (column, member) in guesses.ToList())
            if (taken.Add(member.Name)) targets[column] = new Target(member.Name, member);
        foreach (var column in open.Where(c => !targets.ContainsKey(c)))
            targets[column] = new Target(takesMetadata && column.Length is > 0 and <= 100 ? Metadata : Ignored, null);
    }

    /// <summary>Fills what new records must have and the file has no column for, as the records' module knows best; answers what stays missing.</summary>
    public IReadOnlyList<string> FillRequired(IRowImporter importer)
    {
        foreach (var member in importer.Members.Where(m => m.Required && !Mapped.Contains(m.Name)).ToList())
            if (importer.Fallback(member.Name, Mapped) is { } template) fallbacks.Add((member, template));
        return [.. importer.Members.Where(m => m.Required && !Mapped.Contains(m.Name)).Select(m => m.Name)];
    }

    /// <summary>The row as the API would be told it. Blank cells say nothing: they leave a record that is here already as it is.</summary>
    public ImportRow Read(SourceRow row)
    {
        var body = Body(row, defaults);
        return new ImportRow(row.Line, body, fallbacks.Count == 0 ? body : Body(row, [.. defaults, .. fallbacks]));
    }

    private JsonElement Body(SourceRow row, List<(ImportMember Member, string Template)> filled)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            var (said, free) = (new HashSet<string>(StringComparer.Ordinal), new List<SourceCell>());
            foreach (var cell in row.Cells)
            {
                var target = TargetOf(cell.Column);
                if (target.Name == Metadata && !cell.IsBlank) free.Add(cell);
                else if (target.Member is { } member && !(cell.IsBlank && cell.Json is null) && said.Add(member.Name)) CellText.Write(json, member, cell, settings.DateOrder);
            }
            foreach (var (member, template) in filled)
                if (!said.Contains(member.Name) && Fill(template, row) is { Length: > 0 } text) CellText.Write(json, member, new SourceCell(member.Name, text, null), settings.DateOrder);
            if (free.Count > 0) WriteMetadata(json, free);
            json.WriteEndObject();
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    // A column that is called metadata holds an object; its members and the columns without a member lie side by side.
    private void WriteMetadata(Utf8JsonWriter json, List<SourceCell> cells)
    {
        json.WriteStartObject(Metadata);
        foreach (var cell in cells)
        {
            if (TargetOf(cell.Column).Member is not null && CellText.AsObject(cell) is { } members)
            {
                foreach (var member in members.EnumerateObject()) member.WriteTo(json);
                continue;
            }
            json.WritePropertyName(cell.Column);
            CellText.WriteFree(json, cell);
        }
        json.WriteEndObject();
    }

    private Target TargetOf(string column)
    {
        if (targets.TryGetValue(column, out var target)) return target;
        Take([column]);
        return targets[column];
    }

    private string Fill(string template, SourceRow row) => Placeholder().Replace(template, match =>
    {
        var name = match.Groups[1].Value;
        foreach (var cell in row.Cells)
            if (TargetOf(cell.Column).Name == name || Plain(cell.Column) == Plain(name)) return cell.Text?.Trim() ?? (cell.Json is { } json ? json.ToString() : "");
        return "";
    });

    private static string Plain(string heading) => new([.. heading.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();

    private sealed record Target(string Name, ImportMember? Member);
}

/// <summary>What the request says about reading the file.</summary>
/// <param name="Mapping">Column → member; null leaves the column out.</param>
/// <param name="Defaults">Member → template for rows that don't say it: <c>Parcel {id}</c>.</param>
internal sealed record ImportSettings(
    IReadOnlyDictionary<string, string?> Mapping, IReadOnlyDictionary<string, string> Defaults, DateOrder DateOrder, ImportRun Run)
{
    /// <summary>What the request said wrong.</summary>
    public IEnumerable<FieldError> Faults(IRowImporter importer)
    {
        var known = importer.Members.Select(m => m.Name).Append(ColumnPlan.Metadata).ToHashSet();
        var explained = $"is no member of {importer.Entity}; there are {string.Join(", ", importer.Members.Select(m => m.Name))}";
        foreach (var (column, member) in Mapping)
            if (member is not null && !known.Contains(member)) yield return FieldError.Format($"mapping.{column}", $"'{member}' {explained}");
        foreach (var group in Mapping.Values.Where(m => m is not null and not ColumnPlan.Metadata).GroupBy(m => m).Where(g => g.Count() > 1))
            yield return FieldError.Format("mapping", $"gives '{group.Key}' to {group.Count()} columns");
        foreach (var member in Defaults.Keys.Where(m => importer.Members.All(known => known.Name != m)))
            yield return FieldError.Format($"defaults.{member}", explained);
    }
}
