using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using MiniExcelLibs;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>Files as the programs of an office write them, made here so that a test shows what is in them.</summary>
internal static class Files
{
    /// <summary>A page for each list of lines; a tab in a line moves to the next column.</summary>
    public static byte[] Pdf(params string[][] pages)
    {
        var objects = new List<string> { "<< /Type /Catalog /Pages 2 0 R >>", "",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>" };
        foreach (var lines in pages)
        {
            var text = new StringBuilder();
            for (var i = 0; i < lines.Length; i++)
                foreach (var (column, cell) in lines[i].Split('\t').Index())
                    text.Append(CultureInfo.InvariantCulture, $"BT /F1 11 Tf {60 + (column * 160)} {780 - (i * 20)} Td ({cell}) Tj ET\n");
            objects.Add($"<< /Length {text.Length} >>\nstream\n{text}endstream");
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {objects.Count} 0 R"
                + " /Resources << /Font << /F1 3 0 R >> >> >>");
        }
        objects[1] = $"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, i) => $"{5 + (2 * i)} 0 R"))}] >>";
        var (file, places) = (new StringBuilder("%PDF-1.4\n"), new List<int>());
        for (var i = 0; i < objects.Count; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    public static byte[] Docx(params OpenXmlElement[] body)
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
            document.AddMainDocumentPart().Document = new DocumentFormat.OpenXml.Wordprocessing.Document(new Body(body));
        return file.ToArray();
    }

    public static Paragraph Heading(string text, int level) =>
        new(new ParagraphProperties(new ParagraphStyleId { Val = $"Heading{level}" }), new Run(new Text(text)));

    public static Paragraph Line(params OpenXmlElement[] parts) => new(parts);

    public static Run Said(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    public static Table Rows(params string[][] rows) =>
        new(rows.Select(row => new TableRow(row.Select(cell => new TableCell(new Paragraph(new Run(new Text(cell))))))));

    public static byte[] Xlsx(object sheets)
    {
        using var file = new MemoryStream();
        file.SaveAs(sheets);
        return file.ToArray();
    }
}
