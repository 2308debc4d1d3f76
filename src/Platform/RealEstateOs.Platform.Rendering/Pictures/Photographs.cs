using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Storage;
using SkiaSharp;

namespace RealEstateOs.Platform.Pictures;

/// <summary>
/// Photographs as they are kept: without place, time, device and whatever else a camera writes into them, and upright. One that lies on its
/// side is turned and encoded anew; of every other the pixels stay as they came.
/// </summary>
public static class Photographs
{
    private const int Quality = 92;
    // Turning needs the pixels in memory twice: at most so many, and in so many pictures at once.
    private const double MostTurnedPixels = 24_000_000;
    private static readonly SemaphoreSlim Turning = new(2);

    /// <summary>For <c>Upload.ReadAsync</c>: takes the upload in and hands on what is to be kept.</summary>
    public static Func<Stream, CancellationToken, ValueTask<Stream>> Cleaned(long maxBytes) => async (upload, ct) =>
    {
        var bytes = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while (bytes.Length <= maxBytes && (read = await upload.ReadAsync(chunk, ct)) > 0) bytes.Write(chunk, 0, read);
        return bytes.Length > maxBytes ? bytes.AtBeginning() : await CleanAsync(bytes, ct); // what is too large is refused as such
    };

    private static async Task<Stream> CleanAsync(MemoryStream upload, CancellationToken ct)
    {
        var kind = await FileKind.SniffAsync(upload, null, ct);
        if (kind == FileKind.Heic)
            throw Problem.UnsupportedMedia(
                "HEIC and AVIF pictures are not taken. Send a JPEG: an iPhone makes one where its camera is set to Most Compatible.");
        if (!FileKind.Images.Contains(kind)) return upload.AtBeginning();
        var file = upload.ToArray();
        Files.MustBeShowable(file, kind);
        if (await TurnedAsync(file, kind, ct) is { } upright) return new MemoryStream(upright);
        var kept = kind == FileKind.Jpeg ? PictureParts.OfJpeg(file) : kind == FileKind.Png ? PictureParts.OfPng(file)
            : kind == FileKind.Webp ? PictureParts.OfWebp(file) : PictureParts.OfGif(file);
        return kept is not null ? new MemoryStream(kept)
            : throw Problem.Invalid(FieldError.Format("file", $"is broken: it can't be read as {kind.Name}"));
    }

    private static async Task<byte[]?> TurnedAsync(byte[] file, FileKind kind, CancellationToken ct)
    {
        if (kind != FileKind.Jpeg && kind != FileKind.Webp) return null;
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedOrigin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default) return null;
        await Turning.WaitAsync(ct);
        try
        {
            return Turn(codec, kind);
        }
        finally
        {
            Turning.Release();
        }
    }

    private static byte[]? Turn(SKCodec codec, FileKind kind)
    {
        var scale = Math.Min(1, Math.Sqrt(MostTurnedPixels / ((double)codec.Info.Width * codec.Info.Height)));
        var size = codec.GetScaledDimensions((float)scale);
        using var raw = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888,
            kind == FileKind.Jpeg ? SKAlphaType.Opaque : SKAlphaType.Premul, codec.Info.ColorSpace));
        if (codec.GetPixels(raw.Info, raw.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput)) return null;
        using var upright = Orientation.Upright(raw, codec.EncodedOrigin);
        using var encoded = upright.Encode(kind == FileKind.Jpeg ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Webp, Quality);
        return encoded.ToArray();
    }

    private static MemoryStream AtBeginning(this MemoryStream stream)
    {
        stream.Position = 0;
        return stream;
    }
}
