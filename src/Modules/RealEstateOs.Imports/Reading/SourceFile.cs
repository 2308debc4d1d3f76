using RealEstateOs.Platform.Problems;


namespace RealEstateOs.Imports.Reading;

/// <summary>A stored file as a stream of rows, whatever its format.</summary>
internal static class SourceFile
{
    /// <summary>Told by how it begins; the name decides where both would do.</summary>
    public static async Task<ImportFormat> FormatAsync(Stream stream, string? fileName, CancellationToken ct)
    {
        var ending = Path.GetExtension(fileName ?? "").ToLowerInvariant();
        if (ending is ".csv" or ".tsv") return ImportFormat.Csv;
        var first = await FirstByteAsync(stream, ct);
        if (first is (byte)'{' or (byte)'[') return ImportFormat.Json;
        if (ending is ".json" or ".jsonl" or ".ndjson")
            throw Problem.Invalid(FieldError.Format("file", "is no JSON: it must hold objects, in an array or one a line"));
        return ImportFormat.Csv;
    }

    public static IAsyncEnumerable<SourceRow> RowsAsync(Stream stream, ImportFormat format, CancellationToken ct) =>
        format == ImportFormat.Csv ? CsvRows.ReadAsync(stream, ct) : JsonRows.ReadAsync(stream, ct);

    /// <summary>
    /// The columns by which the mapping is made: of CSV the header, of JSON the members of the first object, and those of objects within
    /// it.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ColumnsAsync(Stream stream, ImportFormat format, CancellationToken ct)
    {
        if (format == ImportFormat.Csv) return (await CsvRows.HeaderAsync(stream, ct)).Columns;
        await foreach (var row in JsonRows.ReadAsync(stream, ct))
            if (row.Fault is null) return [.. NestedCells.Columns(row.Cells)];
        return [];
    }

    private static async Task<int> FirstByteAsync(Stream stream, CancellationToken ct)
    {
        stream.Position = 0;
        var head = new byte[1024];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        foreach (var b in head.AsSpan(0, length))
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF)) return b;
        return -1;
    }
}
