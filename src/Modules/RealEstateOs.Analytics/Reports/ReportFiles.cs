using CsvHelper;
using MiniExcelLibs;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Analytics.Reports;

/// <summary>Writes a report's content as a file.</summary>
internal sealed class ReportFiles(PageRenderer renderer)
{
    public static FileKind KindOf(FigureReportFormat format) => format switch
    {
        FigureReportFormat.Pdf => FileKind.Pdf, FigureReportFormat.Xlsx => FileKind.Xlsx, FigureReportFormat.Csv => FileKind.Csv,
        _ => FileKind.Json,
    };

    public async Task<byte[]> WriteAsync(ReportContent content, FigureReportFormat format, OrganizationBrand brand, CancellationToken ct) =>
        format switch
        {
            FigureReportFormat.Pdf => await renderer.PdfAsync(new FigurePage(content, brand).Markup, [], ct),
            FigureReportFormat.Xlsx => await SheetsAsync(content, ct),
            FigureReportFormat.Csv => await CsvAsync(content, ct),
            _ => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(content, Json.Options),
        };

    // A text stays a text in Excel whatever it begins with; numbers are numbers; a missing figure is an empty cell.
    private static async Task<byte[]> SheetsAsync(ReportContent content, CancellationToken ct)
    {
        var sheets = new Dictionary<string,
            object> { ["metrics"] = Rows(["metric", "unit", "value", .. Compared(content)], MetricRows(content)) };
        foreach (var table in content.Tables) sheets[table.Name] = Rows([table.Name, .. table.Columns],
            table.Rows.Select(r => (object?[])[r.Label, .. r.Values]));
        using var stream = new MemoryStream();
        await stream.SaveAsAsync(sheets, cancellationToken: ct);
        return stream.ToArray();
    }

    private static List<Dictionary<string, object?>> Rows(string[] columns, IEnumerable<object?[]> rows) =>
        [.. rows.Select(row => columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];

    // One figure a line, so that every line has the same columns. A spreadsheet takes a cell that starts with = for a formula; a text that
    // does gets an apostrophe in front.
    private static async Task<byte[]> CsvAsync(ReportContent content, CancellationToken ct)
    {
        using var stream = new MemoryStream();
        await using (var csv = CsvWriter.Create(stream, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            await csv.WriteRecordAsync(["section", "name", "measure", "value"], ct);
            foreach (var (section, name, measure, value) in Figures(content))
            {
                csv.WriteField(section);
                csv.WriteField(name);
                csv.WriteField(measure);
                if (value is { } number) csv.WriteField(number);
                else csv.WriteField("");
                await csv.EndRecordAsync(ct);
            }
            await csv.FlushAsync(ct);
        }
        return stream.ToArray();
    }

    private static IEnumerable<(string Section, string Name, string Measure, decimal? Value)> Figures(ReportContent content)
    {
        foreach (var metric in content.Metrics)
        {
            yield return ("metrics", metric.Metric, "value", metric.Value);
            foreach (var (name, change) in metric.Compared)
            {
                yield return ("metrics", metric.Metric, name, change.Previous);
                yield return ("metrics", metric.Metric, $"{name}_change", change.Ratio);
            }
        }
        foreach (var table in content.Tables)
            foreach (var row in table.Rows)
                foreach (var (column, value) in table.Columns.Zip(row.Values)) yield return (table.Name, row.Label, column, value);
    }

    private static IEnumerable<string> Compared(ReportContent content) =>
        content.Metrics.SelectMany(m => m.Compared.Keys).Distinct().SelectMany(c => new[] { c, $"{c}_change" });

    private static IEnumerable<object?[]> MetricRows(ReportContent content)
    {
        var names = content.Metrics.SelectMany(m => m.Compared.Keys).Distinct().ToArray();
        return content.Metrics.Select(m => (object?[])[m.Metric, m.Unit, m.Value,
            .. names.SelectMany(n => new object?[] { m.Compared.GetValueOrDefault(n)?.Previous, m.Compared.GetValueOrDefault(n)?.Ratio })]);
    }
}
