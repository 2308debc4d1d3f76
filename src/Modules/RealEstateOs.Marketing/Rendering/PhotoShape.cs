using System.Globalization;
using SkiaSharp;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>
/// How a photograph fills its place. Chromium decodes, cuts and packs a picture under <c>object-fit: cover</c> anew for each PDF, which
/// takes seven times as long as one that is only larger than its place; how much larger, the style sheet knows by the ratio.
/// </summary>
internal static class PhotoShape
{
    private const string Marker = ";base64,";

    /// <summary>Width by height as <c>--ratio</c>; null where the source is no photograph inside the page.</summary>
    public static string? StyleOf(string source)
    {
        var start = source.IndexOf(Marker, StringComparison.Ordinal);
        if (start < 0 || !source.StartsWith("data:image/jpeg", StringComparison.Ordinal)) return null;
        using var codec = SKCodec.Create(new MemoryStream(Convert.FromBase64String(source[(start + Marker.Length)..])));
        // Rounded up: a hair too large rather than a gap.
        return codec is null ? null : string.Create(CultureInfo.InvariantCulture,
            $"--ratio:{Math.Ceiling(10_000.0 * codec.Info.Width / codec.Info.Height) / 10_000}");
    }
}
