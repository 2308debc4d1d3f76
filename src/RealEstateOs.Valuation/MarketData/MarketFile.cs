using System.IO.Compression;

namespace RealEstateOs.Valuation.MarketData;

/// <summary>A file of sales or rents, plain or gzipped, as a stream that can seek.</summary>
internal static class MarketFile
{
    private const int HeadBytes = 64 * 1024;

    /// <summary>The content from its beginning; the stream itself stays open.</summary>
    public static async Task<Stream> OpenAsync(Stream file, CancellationToken ct)
    {
        var magic = new byte[2];
        file.Position = 0;
        var read = await file.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, ct);
        file.Position = 0;
        return read == 2 && magic[0] == 0x1f && magic[1] == 0x8b ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true)
            : new BufferedStream(file);
    }

    /// <summary>The first line that is not empty.</summary>
    public static async Task<string> FirstLineAsync(Stream file, CancellationToken ct)
    {
        var head = new byte[HeadBytes];
        var read = await (await OpenAsync(file, ct)).ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, ct);
        using var text = new StreamReader(new MemoryStream(head, 0, read));
        while (await text.ReadLineAsync(ct) is { } line)
            if (!string.IsNullOrWhiteSpace(line)) return line.Trim();
        return "";
    }

    public static bool IsJson(string firstLine) => firstLine.StartsWith('{');

    /// <summary>Rent contracts rather than sales.</summary>
    public static bool IsRents(string firstLine) =>
        IsJson(firstLine) || firstLine.Contains("annual_amount", StringComparison.OrdinalIgnoreCase);
}
