using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Outgoing;
using RealEstateOs.Platform.Pictures;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Storage;
using SkiaSharp;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>
/// Photographs as a page takes them: upright, no larger than they are shown, JPEG. Chromium would embed a print's photo whole, one with an
/// EXIF turn nine times its size. What can't be read as a picture is left out: an advertisement is never lost for it.
/// </summary>
internal sealed class PhotoSizes(Files files, OutgoingHttp outgoing, OutgoingRules rules, ILogger<PhotoSizes> log) : IAdvertPictures
{
    private const long MostBytes = 20 * 1024 * 1024, MostPixels = 80_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly MemoryCache Made = new(new MemoryCacheOptions { SizeLimit = 64 * 1024 * 1024 });

    /// <summary>Null where there is no picture to be had. <paramref name="source"/> is a key of ours, or an address elsewhere.</summary>
    public async Task<byte[]?> JpegAsync(PhotoSource source, int longestSide, CancellationToken ct)
    {
        // A file of ours never changes under its key; an address elsewhere may.
        var cached = source.FileKey is null ? null : $"{source.FileKey}@{longestSide}";
        if (cached is not null && Made.TryGetValue(cached, out byte[]? known)) return known;
        var jpeg = await MakeAsync(source, longestSide, ct);
        if (cached is not null && jpeg is not null)
            Made.Set(cached, jpeg, new MemoryCacheEntryOptions { Size = jpeg.Length, SlidingExpiration = TimeSpan.FromMinutes(20) });
        return jpeg;
    }

    /// <summary>The same in a ratio that a network takes: what lies outside of it is cut off on both sides alike.</summary>
    public async Task<byte[]?> JpegAsync(ListingPicture picture, PictureFrame frame, CancellationToken ct) =>
        await JpegAsync(new PhotoSource(picture.FileKey, picture.Url), frame.LongestSide, ct) is { } jpeg ? Crop(jpeg, frame) : null;

    /// <summary>A logo: what is transparent stays so.</summary>
    public Task<byte[]?> PngAsync(PhotoSource source, int longestSide, CancellationToken ct) =>
        MakeAsync(source, longestSide, ct, SKEncodedImageFormat.Png);

    private async Task<byte[]?> MakeAsync(PhotoSource source, int longestSide, CancellationToken ct,
        SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await using var content = await OpenAsync(source, limit.Token);
            if (content is null) return null;
            using var bytes = new MemoryStream();
            await CopyAsync(content, bytes, limit.Token);
            return Shrink(bytes.ToArray(), longestSide, format);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or Problem or FormatException
            || exception is OperationCanceledException && !ct.IsCancellationRequested)
        {
            log.LogInformation("A photograph is left out: {Reason}", exception.Message);
            return null;
        }
    }

    private async Task<Stream?> OpenAsync(PhotoSource source, CancellationToken ct)
    {
        if (source.FileKey is { } key) return await files.OpenAsync(FileKey.Parse(key), ct);
        if (source.Url is null || rules.FaultOf(source.Url) is not null) return null;
        var response = await outgoing.Client.GetAsync(source.Url, HttpCompletionOption.ResponseHeadersRead, ct);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(ct);
    }

    private static async Task CopyAsync(Stream from, MemoryStream to, CancellationToken ct)
    {
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(chunk, ct)) > 0)
        {
            if (to.Length + read > MostBytes) throw new IOException("The picture is larger than 20 MB.");
            to.Write(chunk, 0, read);
        }
    }

    /// <summary>
    /// Decodes at about the size that is wanted, so that a large photo never stands in memory whole; null for what is no picture.
    /// </summary>
    internal static byte[]? Shrink(byte[] content, int longestSide, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height > MostPixels) return null;
        var longest = Math.Max(codec.Info.Width, codec.Info.Height);
        var scaled = codec.GetScaledDimensions(Math.Min(1f, (float)longestSide / longest));
        using var raw = new SKBitmap(new SKImageInfo(scaled.Width, scaled.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(raw.Info, raw.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput)) return null;
        using var upright = Orientation.Upright(raw, codec.EncodedOrigin);
        var scale = Math.Min(1.0, (double)longestSide / Math.Max(upright.Width, upright.Height));
        var size = new SKImageInfo(Math.Max(1, (int)(upright.Width * scale)), Math.Max(1, (int)(upright.Height * scale)),
            SKColorType.Rgba8888, format == SKEncodedImageFormat.Png ? SKAlphaType.Premul : SKAlphaType.Opaque);
        using var surface = SKSurface.Create(size);
        // In a photograph, what was transparent becomes paper.
        surface.Canvas.Clear(format == SKEncodedImageFormat.Png ? SKColors.Transparent : SKColors.White);
        using var image = SKImage.FromBitmap(upright);
        surface.Canvas.DrawImage(image, SKRect.Create(size.Width, size.Height),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var shot = surface.Snapshot();
        using var encoded = shot.Encode(format, 86);
        return encoded.ToArray();
    }

    internal static byte[] Crop(byte[] jpeg, PictureFrame frame)
    {
        using var image = SKImage.FromEncodedData(jpeg);
        var ratio = (double)image.Width / image.Height;
        if (ratio >= frame.Narrowest && ratio <= frame.Widest) return jpeg;
        var (width, height) = ratio > frame.Widest ? ((int)(image.Height * frame.Widest), image.Height)
            : (image.Width, (int)(image.Width / frame.Narrowest));
        using var cut = image.Subset(SKRectI.Create((image.Width - width) / 2, (image.Height - height) / 2, width, height));
        using var encoded = cut.Encode(SKEncodedImageFormat.Jpeg, 86);
        return encoded.ToArray();
    }
}

/// <summary>A file of ours by its key, or an address elsewhere.</summary>
internal sealed record PhotoSource(string? FileKey, string? Url);
