using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>Tells a press where to cut: Chromium writes only the size of the paper.</summary>
internal static class PressMarks
{
    private const double PointsPerMm = 72 / 25.4;

    /// <summary>
    /// Sets TrimBox and BleedBox of every page from the design's millimetres, centred on the paper. Opening and saving keeps tags, outline
    /// and language.
    /// </summary>
    public static byte[] Box(byte[] pdf, AdSheet sheet)
    {
        using var document = PdfReader.Open(new MemoryStream(pdf), PdfDocumentOpenMode.Modify);
        foreach (var page in document.Pages)
        {
            page.TrimBox = Centred(page, sheet.Format.Width, sheet.Format.Height);
            page.BleedBox = Centred(page, sheet.Format.Width + 2 * AdSheet.BleedMm, sheet.Format.Height + 2 * AdSheet.BleedMm);
        }
        using var boxed = new MemoryStream();
        document.Save(boxed, closeStream: false);
        return boxed.ToArray();
    }

    private static PdfRectangle Centred(PdfPage page, double widthMm, double heightMm)
    {
        var (width, height) = (widthMm * PointsPerMm, heightMm * PointsPerMm);
        var (x, y) = ((page.Width.Point - width) / 2, (page.Height.Point - height) / 2);
        return new PdfRectangle(new PdfSharp.Drawing.XPoint(x, y), new PdfSharp.Drawing.XSize(width, height));
    }
}
