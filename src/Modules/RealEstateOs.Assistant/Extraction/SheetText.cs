using System.Globalization;
using CsvHelper;
using MiniExcelLibs;

namespace RealEstateOs.Assistant.Extraction;

/// <summary>Rows of a sheet as sentences, each value with its column's name, so that a row that is found says what it means.</summary>
internal static class SheetText
{
    private const int MostRows = 100_000, MostColumns = 200, LongestRecord = 1024 * 1024;

    public static ExtractedText ReadWorkbook(Stream content)
    {
        try
        {
            var (blocks, budget) = (new List<Block>(), new TextBudget());
            foreach (var sheet in content.GetSheetNames())
                AddRows(content.Query(useHeaderRow: false, sheetName: sheet)
                    .Select(row => ((IDictionary<string, object?>)row).Values.Select(Shown).ToArray()), sheet, blocks, budget);
            return blocks.Count > 0 ? new ExtractedText(blocks, null) : throw new UnreadableDocument("The workbook holds no rows.");
        }
        catch (Exception broken) when (broken is InvalidDataException or System.Xml.XmlException or KeyNotFoundException or FormatException
            or NullReferenceException or InvalidOperationException)
        {
            throw new UnreadableDocument("The workbook is broken.", broken);
        }
    }

    public static async Task<ExtractedText> ReadCsvAsync(Stream content, CancellationToken ct)
    {
        var (rows, blocks) = (new List<string[]>(), new List<Block>());
        using var csv = CsvReader.Create(content, new CsvReaderOptions { HasHeader = false, MaxRecordSize = LongestRecord },
            leaveOpen: true);
        try
        {
            while (await csv.ReadAsync(ct)) rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        }
        catch (CsvFormatException broken)
        {
            throw new UnreadableDocument("The file has a quote that is never closed.", broken);
        }
        AddRows(rows, null, blocks, new TextBudget());
        return blocks.Count > 0 ? new ExtractedText(blocks, null) : throw new UnreadableDocument("The file holds no rows.");
    }

    private static void AddRows(IEnumerable<string[]> rows, string? sheet, List<Block> blocks, TextBudget budget)
    {
        string[]? columns = null;
        var count = 0;
        foreach (var row in rows)
        {
            if (row.All(string.IsNullOrWhiteSpace)) continue;
            if (columns is null)
            {
                columns = row;
                continue;
            }
            if (++count > MostRows) throw new UnreadableDocument($"A sheet may have {MostRows} rows.");
            var values = row.Take(MostColumns).Select(
                (value, i) => (Name: i < columns.Length ? columns[i].Trim() : "", Value: value.Trim())).Where(c => c.Value.Length > 0);
            var line = string.Join("; ", values.Select(c => c.Name.Length > 0 ? $"{c.Name}: {c.Value}" : c.Value));
            budget.Take(line.Length);
            blocks.Add(new Block(line, Heading: sheet));
        }
        if (count == 0 && columns is not null) blocks.Add(new Block(string.Join("; ", columns.Where(c => c.Length > 0)), Heading: sheet));
    }

    private static string Shown(object? value) => value switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
