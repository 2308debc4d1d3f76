using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace RealEstateOs.Imports.Reading;

/// <summary>
/// Streams the records of a CSV file. A record whose quotes are broken costs its own line, not those that its open quote would swallow:
/// reading goes on at the next physical line.
/// </summary>
internal static class CsvRows
{
    /// <summary>A record beyond this is an unclosed quote, not a house.</summary>
    public const int LongestRecord = 4 * 1024 * 1024;

    private const int MostColumns = 500;
    private const string NeverClosed = "has a quote that is never closed";
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>
    /// The headings and the separator, told by the first line; and where that starts, for a line "sep=;" may stand before it.
    /// </summary>
    public static async Task<(string[] Columns, char Separator, long Start, long Line)> HeaderAsync(Stream stream, CancellationToken ct)
    {
        var (named, start) = await SeparatorLineAsync(stream, ct);
        stream.Position = start;
        var separator = named ?? await SeparatorAsync(stream, ct);
        stream.Position = start;
        using var csv = CsvReader.Create(stream,
            new CsvReaderOptions { Separator = separator, MaxRecordSize = LongestRecord, DetectSeparatorHint = false }, leaveOpen: true);
        try
        {
            await csv.ReadHeaderAsync(ct);
        }
        catch (CsvFormatException)
        {
            throw new UnreadableFile("The header of the file can't be read: a quote is never closed.");
        }
        var columns = csv.Headers.Select(h => h.Trim()).ToArray();
        if (columns.Length > MostColumns) throw new UnreadableFile($"The file has {columns.Length} columns; it may have {MostColumns}.");
        return (columns, separator, start, start == 0 ? 1 : 2);
    }

    public static async IAsyncEnumerable<SourceRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var (columns, separator, start, line) = await HeaderAsync(stream, ct);
        var header = true;
        while (true)
        {
            stream.Position = start;
            var faults = new Dictionary<long, string>();
            var options = new CsvReaderOptions
            {
                Separator = separator, HasHeader = header, TrackLineNumbers = true, MaxRecordSize = LongestRecord,
                DetectSeparatorHint = false, PoolStrings = true,
                OnMalformedRecord = record =>
                {
                    if (Explain(record) is { } fault) faults[record.LineNumber] = fault;
                },
            };
            using var csv = CsvReader.Create(stream, options, leaveOpen: true);
            (long Offset, long Line, string Fault)? broken = null;
            var (readTo, readLine) = (0L, 0L);
            while (await NextAsync(csv, ct) is var next && next != Step.End)
            {
                if (next == Step.TooLong)
                {
                    // Where it began is known only as "after the last good record".
                    broken = await AfterAsync(stream, start + readTo, line + readLine - 1, readLine > 0, ct) is { } lost
                        ? (lost.Offset, lost.Line, NeverClosed) : null;
                    break;
                }
                (readTo, readLine) = (csv.ByteOffset, csv.LineNumber);
                var at = line + csv.LineNumber - 1;
                if (FaultOf(csv, columns.Length, faults) is { } fault)
                {
                    broken = (start + csv.ByteOffset, at, fault);
                    break;
                }
                yield return Row(csv, columns, at, start + csv.ByteOffset);
            }
            if (broken is not { } bad) yield break;
            yield return SourceRow.Broken(bad.Line, bad.Offset, bad.Fault);
            if (await NextLineAsync(stream, bad.Offset, ct) is not { } after) yield break;
            (start, line, header) = (after, bad.Line + 1, false);
        }
    }

    private enum Step { Record, TooLong, End }

    private static async ValueTask<Step> NextAsync(CsvReader csv, CancellationToken ct)
    {
        try
        {
            return await csv.ReadAsync(ct) ? Step.Record : Step.End;
        }
        catch (CsvFormatException)
        {
            return Step.TooLong;
        }
    }

    // A quote in the midst of a value (5" pipe) is none. One that is closed lines below by another's quote was never closed itself.
    private static string? Explain(CsvMalformedRecord record) => record.Reason switch
    {
        CsvMalformedReason.UnterminatedQuote => NeverClosed,
        CsvMalformedReason.TextAfterClosingQuote when record.RawRecord.Contains('\n', StringComparison.Ordinal) => NeverClosed,
        CsvMalformedReason.TextAfterClosingQuote => "has text after a closing quote; a quote inside a value is written twice",
        _ => null,
    };

    private static string? FaultOf(CsvReader csv, int columns, Dictionary<long, string> faults)
    {
        if (faults.Remove(csv.LineNumber, out var broken)) return broken;
        for (var i = columns; i < csv.FieldCount; i++)
            if (csv.GetSpan(i).Length > 0) return $"has {csv.FieldCount} values, but the header {columns}";
        for (var i = 0; i < csv.FieldCount; i++)
            if (!Utf8.IsValid(csv.GetSpan(i))) return "is not UTF-8 text; save the file as UTF-8";
        return null;
    }

    private static SourceRow Row(CsvReader csv, string[] columns, long line, long position)
    {
        var cells = new SourceCell[Math.Min(columns.Length, csv.FieldCount)];
        for (var i = 0; i < cells.Length; i++) cells[i] = new SourceCell(columns[i], Plain(csv.GetString(i)), null);
        return new SourceRow(line, position, cells);
    }

    // Files for spreadsheets, our own among them, put an apostrophe before what would be taken for a formula.
    private static string Plain(string text) => text is ['\'', '=' or '+' or '-' or '@', ..] ? text[1..] : text;

    private static async Task<(long Offset, long Line)?> AfterAsync(Stream stream, long offset, long line, bool skipOne,
        CancellationToken ct)
    {
        if (!skipOne) return (offset, line + 1);
        return await NextLineAsync(stream, offset, ct) is { } next ? (next, line + 1) : null;
    }

    private static async Task<long?> NextLineAsync(Stream stream, long offset, CancellationToken ct)
    {
        stream.Position = offset;
        var chunk = new byte[8 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, ct)) > 0)
        {
            if (Array.IndexOf(chunk, (byte)'\n', 0, read) is >= 0 and var found)
                return offset + found + 1 < stream.Length ? offset + found + 1 : null;
            offset += read;
        }
        return null;
    }

    // Spreadsheets write and read a first line "sep=;" that names the separator.
    private static async Task<(char? Separator, long Start)> SeparatorLineAsync(Stream stream, CancellationToken ct)
    {
        stream.Position = 0;
        var head = new byte[16];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var mark = head.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;
        var line = head.AsSpan(mark, length - mark);
        var end = line.IndexOf((byte)'\n');
        var text = Encoding.UTF8.GetString(end < 0 ? [] : line[..end]).Trim().Trim('"');
        return text.Length == 5 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? (text[4], mark + end + 1)
            : text.Length == 4 && line[..end].Contains((byte)'\t') && text.Equals("sep=", StringComparison.OrdinalIgnoreCase)
                ? ('\t', mark + end + 1) : (null, 0);
    }

    // By the header alone: a value may hold commas by the dozen.
    private static async Task<char> SeparatorAsync(Stream stream, CancellationToken ct)
    {
        var head = new byte[64 * 1024];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var text = Encoding.UTF8.GetString(head, 0, length).TrimStart('\uFEFF', '\r', '\n');
        var quoted = false;
        var counts = new int[Separators.Length];
        foreach (var c in text)
        {
            if (c == '"') quoted = !quoted;
            else if (!quoted && c is '\n' or '\r') break;
            else if (!quoted && Array.IndexOf(Separators, c) is >= 0 and var i) counts[i]++;
        }
        return counts.Max() == 0 ? ',' : Separators[Array.IndexOf(counts, counts.Max())];
    }
}
