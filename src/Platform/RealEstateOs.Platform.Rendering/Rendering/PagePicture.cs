using SkiaSharp;

namespace RealEstateOs.Platform.Rendering;

/// <summary>A picture that a page shows by its name, a file beside it: a browser is slow at long addresses within a page.</summary>
public sealed record PagePicture(string Name, byte[] Content)
{
    /// <summary>
    /// Width by height, as it is shown upright; null for what is no picture. Chromium decodes, cuts and packs a picture under
    /// <c>object-fit: cover</c> anew for each PDF, which takes seven times as long as one that is only larger than its place; how much
    /// larger, a style sheet knows by the ratio.
    /// </summary>
    public double? Ratio { get; } = RatioOf(Content);

    private static double? RatioOf(byte[] content)
    {
        using var codec = SKCodec.Create(new MemoryStream(content));
        if (codec is null) return null;
        var (width, height) = codec.EncodedOrigin >= SKEncodedOrigin.LeftTop ? (codec.Info.Height, codec.Info.Width)
            : (codec.Info.Width, codec.Info.Height);
        // Rounded up: a hair too large rather than a gap.
        return Math.Ceiling(10_000.0 * width / height) / 10_000;
    }
}
