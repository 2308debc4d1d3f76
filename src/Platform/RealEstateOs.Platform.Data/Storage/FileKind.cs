using System.IO.Compression;

namespace RealEstateOs.Platform.Storage;

/// <summary>What a file is, told by its first bytes and not by its name.</summary>
public sealed record FileKind(string Name, string ContentType, string Ending)
{
    public static readonly FileKind
        Jpeg = new("jpeg", "image/jpeg", ".jpg"), Png = new("png", "image/png", ".png"), Webp = new("webp", "image/webp", ".webp"),
        Gif = new("gif", "image/gif", ".gif"), Heic = new("heic", "image/heic", ".heic"),
        Pdf = new("pdf", "application/pdf", ".pdf"), Docx = new("docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        Xlsx = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        Csv = new("csv", "text/csv", ".csv"), Text = new("text", "text/plain", ".txt"), Json = new("json", "application/json", ".json"),
        Html = new("html", "text/html", ".html"),
        Other = new("other", "application/octet-stream", ".bin");

    public static IReadOnlyList<FileKind> Images { get; } = [Jpeg, Png, Webp, Gif];

    /// <summary>May a browser show it in place? What could run a script (HTML, SVG) is handed over as a download.</summary>
    public static bool IsShown(string contentType) =>
        contentType is "application/pdf" or "image/jpeg" or "image/png" or "image/webp" or "image/gif";

    /// <summary>
    /// Reads the beginning of the stream, which has to be seekable, and sets it back. Plain text is <see cref="Csv"/> where the name says
    /// so.
    /// </summary>
    public static async Task<FileKind> SniffAsync(Stream content, string? fileName, CancellationToken ct)
    {
        var head = new byte[4096];
        content.Position = 0;
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        content.Position = 0;
        var kind = OfMagic(head.AsSpan(0, length)) ?? (IsZip(head) ? OfArchive(content) : OfText(head.AsSpan(0, length), fileName));
        content.Position = 0;
        return kind;
    }

    private static FileKind? OfMagic(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return Gif;
        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8)) return Webp;
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) && IsHeif(head[8..12])) return Heic;
        return head.StartsWith("%PDF-"u8) ? Pdf : null;
    }

    // The brands of pictures in ISO base media files; others are films.
    private static bool IsHeif(ReadOnlySpan<byte> brand) => brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8)
        || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8);

    private static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[(byte)'P', (byte)'K', 3, 4]);

    private static FileKind OfArchive(Stream content)
    {
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return archive.GetEntry("word/document.xml") is not null ? Docx
                : archive.GetEntry("xl/workbook.xml") is not null ? Xlsx : Other;
        }
        catch (InvalidDataException)
        {
            return Other;
        }
    }

    private static FileKind OfText(ReadOnlySpan<byte> head, string? fileName)
    {
        if (head.Contains((byte)0) || !IsUtf8(head)) return Other;
        return Path.GetExtension(fileName ?? "").ToLowerInvariant() switch { ".csv" => Csv, ".json" => Json, ".html" or ".htm" =>
            Html, _ => Text };
    }

    // The beginning may end within a character.
    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        for (var cut = 0; cut < 4 && cut <= head.Length; cut++)
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut])) return true;
        return false;
    }
}
