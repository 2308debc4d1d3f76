using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Imports.Reading;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Imports;

/// <summary>
/// Which column becomes which member. The request's own mapping comes first, then headings that are a member's name, then those that are
/// known for it, whatever their case, spaces and underscores. What is left goes into the metadata, where the record has any.
/// </summary>
internal sealed partial class ColumnPlan
{
    public const string Metadata = "metadata", Ignored = "ignored";

    private readonly Dictionary<string, Target> targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImportMember> members;
    private readonly Dictionary<string, (int Rank, ImportMember Member)> headings = new(StringComparer.Ordinal);
    private readonly ImportSettings settings;
    private readonly bool takesMetadata;
    private readonly IReadOnlySet<string> shown;
    private bool isOurExport;
    private readonly List<(ImportMember Member, string Template)> defaults = [], fallbacks = [];

    public ColumnPlan(IRowImporter importer, ImportSettings settings)
    {
        this.settings = settings;
        members = importer.Members.ToDictionary(m => m.Name, StringComparer.Ordinal);
        takesMetadata = members.ContainsKey(Metadata);
        shown = importer.Shown;
        // An id of ours is taken for one only in a file of ours, or where the mapping says so.
        foreach (var member in importer.Members.Where(m => m.Name != ImportMember.OwnId)) headings.TryAdd(Plain(member.Name), (0, member));
        foreach (var member in importer.Members)
            for (var i = 0; i < member.Headings.Length; i++) headings.TryAdd(Plain(member.Headings[i]), (i + 1, member));
        foreach (var (name, template) in settings.Defaults) defaults.Add((members[name], template));
    }

    /// <summary>Every column met so far, with the member it becomes, <c>metadata</c> or <c>ignored</c>.</summary>
    public Dictionary<string, string> Columns => targets.ToDictionary(t => t.Key, t => t.Value.Name);

    /// <summary>What new records get where their row does not say it: member → template.</summary>
    public Dictionary<string, string> Filled => defaults.Concat(fallbacks).ToDictionary(d => d.Member.Name, d => d.Template);

    public IReadOnlySet<string> Mapped =>
        targets.Values.Where(t => t.Member is not null).Select(t => t.Name).Concat(defaults.Concat(fallbacks).Select(d => d.Member.Name))
            .ToHashSet();

    /// <summary>Decides about a whole header at once, so that the best heading of several wins.</summary>
    public void Take(IEnumerable<string> columns)
    {
        var open = columns.Distinct(StringComparer.Ordinal).Where(c => !targets.ContainsKey(c)).ToList();
        isOurExport |= members.ContainsKey(ImportMember.OwnId) && open.Contains(ImportMember.OwnId) && open.Contains("organization_id");
        foreach (var column in open.Where(c => settings.Mapping.ContainsKey(c)))
            targets[column] = settings.Mapping[column] switch { null => new Target(Ignored, null), Metadata => new Target(Metadata, null),
                var name => new Target(name, members[name]) };
        if (isOurExport) TakeOurOwn(open);
        var taken = targets.Values.Where(t => t.Member is not null).Select(t => t.Name).ToHashSet();
        var guesses = from column in open
                      where !targets.ContainsKey(column)
                      let guess = Guess(column)
                      where guess.Member is not null
                      orderby guess.Rank
                      select (column, guess.Member);
        foreach (var (column, member) in guesses.ToList())
            if (taken.Add(member.Name) || member.TakesAll) targets[column] = new Target(member.Name, member);
            else if (member.HasAlternatives) targets[column] = new Target(takesMetadata ? Metadata : Ignored, null, Instead: member);
        foreach (var column in open.Where(c => !targets.ContainsKey(c)))
            targets[column] = new Target(takesMetadata && column.Length is > 0 and <= 100 ? Metadata : Ignored, null);
    }

    // What the API shows beside what can be written comes back unread.
    private void TakeOurOwn(List<string> open)
    {
        foreach (var column in open.Where(c => !targets.ContainsKey(c)))
            if (column == ImportMember.OwnId) targets[column] = new Target(column, members[column]);
            else if (shown.Contains(column) && !members.ContainsKey(column)) targets[column] = new Target(Ignored, null);
    }

    /// <summary>
    /// Fills what new records must have and the file has no column for, as the records' module knows best; answers what stays missing.
    /// </summary>
    public IReadOnlyList<string> FillRequired(IRowImporter importer)
    {
        foreach (var member in importer.Members.Where(m => m.Required && !Mapped.Contains(m.Name)).ToList())
            if (importer.Fallback(member.Name, Mapped) is { } template) fallbacks.Add((member, template));
        return [.. importer.Members.Where(m => m.Required && !Mapped.Contains(m.Name)).Select(m => m.Name)];
    }

    /// <summary>The row as the API would be told it. Blank cells say nothing: they leave a record that is here already as it is.</summary>
    public ImportRow Read(SourceRow row)
    {
        row = row with { Cells = NestedCells.Flatten(row.Cells, column => TargetOf(column).Member) };
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
            foreach (var all in Together(row))
            {
                said.Add(all.Key);
                json.WriteStartArray(all.Key);
                foreach (var cell in all) CellText.WriteFree(json, cell);
                json.WriteEndArray();
            }
            var measures = new RowMeasures(
                row.Cells.Where(c => !c.IsBlank).Select(c => (TargetOf(c.Column).Member, Cell: c)).Where(c => c.Member is not null)
                    .Select(c => (c.Member!, settings.Said(c.Member!, c.Cell))),
                settings.Run.Currency);
            foreach (var cell in row.Cells)
            {
                var target = TargetOf(cell.Column);
                if (target.Name == Metadata && !cell.IsBlank) free.Add(cell);
                else if (target.Member is { } member && settings.Said(member, cell) is var meant && !(meant.IsBlank && meant.Json is null)
                    && said.Add(member.Name)) Write(json, member, meant, free, measures);
            }
            foreach (var cell in free.ToList())
            {
                if (TargetOf(cell.Column).Instead is not { } member || !said.Add(member.Name)) continue;
                free.Remove(cell);
                Write(json, member, settings.Said(member, cell), free, measures);
            }
            if (measures.Currency is { } currency && said.Add(ImportMember.Currency)) json.WriteString(ImportMember.Currency, currency);
            foreach (var (member, template) in filled)
                if (!said.Contains(member.Name) && Fill(template, row) is { Length: > 0 } text)
                    Write(json, member, new SourceCell(member.Name, text, null), free, measures);
            if (free.Count > 0) WriteMetadata(json, free);
            json.WriteEndObject();
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private IEnumerable<IGrouping<string, SourceCell>> Together(SourceRow row) =>
        from cell in row.Cells
        let member = TargetOf(cell.Column).Member
        where member is { TakesAll: true }
        let meant = settings.Said(member, cell)
        where !meant.IsBlank
        group meant by member.Name;

    // "050 111 2222 ::: 050 333 4444", as address books write several numbers of one kind.
    private void Write(Utf8JsonWriter json, ImportMember member, SourceCell cell, List<SourceCell> free, RowMeasures measures)
    {
        if (member.HasAlternatives && cell.Text?.Split(" ::: ", 2) is [var first, var others])
        {
            free.Add(new SourceCell($"{cell.Column} 2", others, null));
            cell = cell with { Text = first };
        }
        if (cell.IsBlank) json.WriteNull(member.Name);
        else if (member.Kind is CellKind.Money or CellKind.Area) measures.Write(json, member, cell);
        else if (member.Name == ImportMember.Currency && measures.Currency is { } currency) json.WriteString(member.Name, currency);
        else CellText.Write(json, member, cell, settings.DateOrder);
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
            if (TargetOf(cell.Column).Name == name || Plain(cell.Column) == Plain(name))
                return cell.Text?.Trim() ?? (cell.Json is { } json ? json.ToString() : "");
        return "";
    });

    // "Asking price (USD)" is an asking price, "Size in sqm" a size: the unit is the cell's business.
    private (int Rank, ImportMember Member) Guess(string column)
    {
        if (headings.TryGetValue(Plain(column), out var guess)) return guess;
        if (members.Values.FirstOrDefault(m => m.Recognises?.Invoke(Plain(column)) == true) is { } told) return (int.MaxValue, told);
        if (MoneyText.CurrencyOfHeading(column) is null && AreaText.UnitOfHeading(column) is null) return default;
        var words = HeadingWord().Matches(column).Select(w => w.Value).ToArray();
        for (var kept = words.Length - 1; kept >= Math.Max(1, words.Length - 3); kept--)
            if (headings.TryGetValue(Plain(string.Concat(words.Take(kept))), out guess)
                && guess.Member.Kind is CellKind.Money or CellKind.Area) return guess;
        return default;
    }

    private static string Plain(string heading) => ImportWords.Plain(NestedCells.Heading(heading).Replace('²', '2'));

    [GeneratedRegex(@"[A-Z]{2,}(?![a-z])|\p{L}\p{Ll}*\d*²?|\p{Sc}")]
    private static partial Regex HeadingWord();

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();

    private sealed record Target(string Name, ImportMember? Member, ImportMember? Instead = null);
}

/// <summary>What the request says about reading the file.</summary>
/// <param name="Mapping">Column → member; null leaves the column out.</param>
/// <param name="Defaults">Member → template for rows that don't say it: <c>Parcel {id}</c>.</param>
internal sealed record ImportSettings(
    IReadOnlyDictionary<string, string?> Mapping, IReadOnlyDictionary<string, string> Defaults, DateOrder DateOrder, ImportRun Run)
{
    /// <summary>Member → what the file calls a value, in lower case → our value; null reads it as blank.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string?>> ValueMap { get; init; } =
        new Dictionary<string, Dictionary<string, string?>>();

    public MissingRecords Missing { get; init; }

    /// <summary>The cell in our own words: first as the request maps it, then as files usually say it.</summary>
    public SourceCell Said(ImportMember member, SourceCell cell)
    {
        if ((cell.Json is { ValueKind: JsonValueKind.String } json ? json.GetString() : cell.Text)?.Trim() is not { Length: > 0 } text)
            return cell;
        if (ValueMap.GetValueOrDefault(member.Name) is { } map && map.TryGetValue(text.ToLowerInvariant(), out var mapped))
            return new SourceCell(cell.Column, mapped ?? "", null);
        return member.Reads?.Invoke(text) is { } read ? new SourceCell(cell.Column, read, null) : cell;
    }

    /// <summary>What the request said wrong.</summary>
    public IEnumerable<FieldError> Faults(IRowImporter importer)
    {
        var known = importer.Members.Select(m => m.Name).Append(ColumnPlan.Metadata).ToHashSet();
        var explained = $"is no member of {importer.Entity}; there are {string.Join(", ", importer.Members.Select(m => m.Name))}";
        foreach (var (column, member) in Mapping)
            if (member is not null && !known.Contains(member))
                yield return FieldError.Format($"mapping.{column}", $"'{member}' {explained}");
        foreach (var group in Mapping.Values.Where(m => m is not null and not ColumnPlan.Metadata).GroupBy(m => m)
            .Where(g => g.Count() > 1))
            yield return FieldError.Format("mapping", $"gives '{group.Key}' to {group.Count()} columns");
        foreach (var member in Defaults.Keys.Where(m => importer.Members.All(known => known.Name != m)))
            yield return FieldError.Format($"defaults.{member}", explained);
        if (Missing != MissingRecords.Ignore && importer is not IMissingRecords)
            yield return FieldError.Format("missing", $"is not offered for {importer.Entity}");
        foreach (var member in ValueMap.Keys.Where(m => importer.Members.All(known => known.Name != m)))
            yield return FieldError.Format($"value_map.{member}", explained);
    }
}
