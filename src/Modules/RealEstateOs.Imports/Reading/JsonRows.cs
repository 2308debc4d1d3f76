using System.Runtime.CompilerServices;
using System.Text.Json;

namespace RealEstateOs.Imports.Reading;

/// <summary>
/// Streams the objects of a JSON file: an array of them, also within an envelope (<c>{"value": […]}</c>), one after another, or one a line.
/// Each object is cut out by its braces and read by itself, so that a broken one costs itself (one a line: its line), and memory holds one.
/// </summary>
internal static class JsonRows
{
    private const int LongestRecord = 4 * 1024 * 1024;

    public static async IAsyncEnumerable<SourceRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var (from, line) = await JsonEnvelope.ListAsync(stream, ct);
        stream.Position = from;
        var cutter = new ObjectCutter(from, line);
        var chunk = new byte[64 * 1024];
        int read;
        var pieces = new List<ObjectCutter.Piece>();
        while ((read = await stream.ReadAsync(chunk, ct)) > 0)
        {
            cutter.Feed(chunk.AsSpan(0, read), pieces);
            foreach (var piece in pieces) yield return Row(piece);
            pieces.Clear();
            if (cutter.Pending > LongestRecord)
                throw new UnreadableFile(
                    $"The record that starts on line {cutter.StartLine} is larger than {LongestRecord / (1024 * 1024)} MB.");
        }
        cutter.End(pieces);
        foreach (var piece in pieces) yield return Row(piece);
    }

    private static SourceRow Row(ObjectCutter.Piece piece)
    {
        if (piece.Fault is { } fault) return SourceRow.Broken(piece.Line, piece.Position, fault);
        try
        {
            using var document = JsonDocument.Parse(piece.Bytes, new JsonDocumentOptions { MaxDepth = 24 });
            // Fails on halves of characters.
            if (piece.Bytes.AsSpan().IndexOf("\\u"u8) >= 0) _ = JsonSerializer.Serialize(document.RootElement);
            var cells = new List<SourceCell>();
            foreach (var member in document.RootElement.EnumerateObject())
                cells.Add(new SourceCell(member.Name, null, member.Value.Clone()));
            return new SourceRow(piece.Line, piece.Position, cells);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return SourceRow.Broken(piece.Line, piece.Position, "is not valid JSON");
        }
    }
}
