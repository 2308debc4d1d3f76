using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;

namespace RealEstateOs.Valuation.MarketData;

/// <summary>One line of a rent file: a contract, or why it was refused.</summary>
internal readonly record struct RentRow(int Line, RentContract? Contract, string? Refusal);

/// <summary>
/// Streams Ejari contracts: a JSON object a line, or CSV under the names of the gateway or of Dubai Pulse; plain or gzipped.
/// </summary>
internal static class EjariReader
{
    private static readonly CsvReaderOptions CsvOptions = new() { TrackLineNumbers = true, PoolStrings = true, MaxRecordSize = 1 << 20 };

    public static async IAsyncEnumerable<RentRow> Read(Stream stream, DateOnly today, AreaNames? areas = null,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        var parser = new RentRowParser(today, areas ?? AreaNames.Default);
        var isJson = MarketFile.IsJson(await MarketFile.FirstLineAsync(stream, ct));
        var content = await MarketFile.OpenAsync(stream, ct);
        await foreach (var row in isJson ? JsonLines(content, parser, ct) : Csv(content, parser, ct)) yield return row;
    }

    public static async Task<List<RentContract>> ReadAll(string path, DateOnly today, CancellationToken ct = default)
    {
        await using var stream = File.OpenRead(path);
        var contracts = new List<RentContract>();
        await foreach (var row in Read(stream, today, ct: ct))
            if (row.Contract is { } contract) contracts.Add(contract);
        return contracts;
    }

    private static async IAsyncEnumerable<RentRow> JsonLines(Stream stream, RentRowParser parser,
        [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        for (var line = 1; await reader.ReadLineAsync(ct) is { } text; line++)
            if (!string.IsNullOrWhiteSpace(text))
                yield return Parse(line, text, parser);
    }

    private static RentRow Parse(int line, string text, RentRowParser parser)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } row) return parser.Parse(line, name => TextOf(row, name));
        }
        catch (JsonException)
        {
            // said below
        }
        return new(line, null, "The line is no JSON object.");
    }

    private static string? TextOf(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    } : null;

    private static async IAsyncEnumerable<RentRow> Csv(Stream stream, RentRowParser parser, [EnumeratorCancellation] CancellationToken ct)
    {
        using var csv = CsvReader.Create(stream, CsvOptions, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < csv.Headers.Count; i++) columns.TryAdd(csv.Headers[i].Trim(), i);
        while (await csv.ReadAsync(ct))
            yield return parser.Parse((int)csv.LineNumber,
                name => columns.TryGetValue(name, out var at) && at < csv.FieldCount ? csv.GetString(at) : null);
    }
}
