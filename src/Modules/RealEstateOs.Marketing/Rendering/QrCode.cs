using System.Globalization;
using System.Text;
using QRCoder;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>A QR code as one SVG path: sharp at any size, four modules of quiet zone, error correction M.</summary>
internal static class QrCode
{
    public static string Svg(string content)
    {
        using var data = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix; // the quiet zone is part of it
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (!rows[y][x]) continue;
                var from = x;
                while (x + 1 < rows[y].Count && rows[y][x + 1]) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from + 1}v1H{from}z");
            }
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"""<svg viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges" role="img" aria-label="QR">"""
                + $"""<path fill="#000" d="{path}"/></svg>""");
    }

    /// <summary>The same as a picture, for programs that show no SVG.</summary>
    public static byte[] Png(string content)
    {
        using var data = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        return new PngByteQRCode(data).GetGraphic(8);
    }
}
