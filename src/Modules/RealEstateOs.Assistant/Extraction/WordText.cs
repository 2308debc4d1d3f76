using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace RealEstateOs.Assistant.Extraction;

/// <summary>
/// The text of a DOCX as a reader sees it: a line for each paragraph, cells apart, footnotes where they are called; without what was
/// deleted or moved away, hidden, or is the code of a field.
/// </summary>
internal static class WordText
{
    public static ExtractedText Read(Stream content)
    {
        try
        {
            using var file = WordprocessingDocument.Open(content, isEditable: false);
            var main = file.MainDocumentPart ?? throw new UnreadableDocument("The document has no text.");
            var notes = main.FootnotesPart?.Footnotes?.Elements<Footnote>().Where(n => n.Id is not null).ToDictionary(n => n.Id!.Value,
                n => (OpenXmlElement)n) ?? [];
            var reader = new Reader(notes);
            if (main.Document?.Body is { } body) reader.Walk(body);
            return reader.Blocks.Count > 0 ? new ExtractedText(reader.Blocks, null)
                : throw new UnreadableDocument("The document holds no text.");
        }
        catch (Exception broken)
            when (broken is OpenXmlPackageException or InvalidDataException or System.Xml.XmlException or FileFormatException)
        {
            throw new UnreadableDocument("The document is broken.", broken);
        }
    }

    private sealed class Reader(Dictionary<long, OpenXmlElement> notes)
    {
        private readonly TextBudget budget = new();
        private readonly string?[] headings = new string?[9];

        public List<Block> Blocks { get; } = [];

        public void Walk(OpenXmlElement parent)
        {
            foreach (var element in parent.ChildElements)
            {
                if (element is Paragraph paragraph) Add(TextOf(paragraph), LevelOf(paragraph));
                else if (element is Table table) AddRows(table);
                else if (element is SdtBlock { SdtContentBlock: { } inside }) Walk(inside);
                else if (element is CustomXmlBlock) Walk(element);
            }
        }

        private void AddRows(Table table)
        {
            foreach (var row in table.Elements<TableRow>().Where(r => r.TableRowProperties?.GetFirstChild<Deleted>() is null))
                Add(string.Join('\t', row.Elements<TableCell>()
                    .Select(cell => string.Join(' ', cell.Descendants<Paragraph>().Select(TextOf).Where(t => t.Length > 0)))), null);
        }

        private void Add(string text, int? level)
        {
            text = text.Trim();
            if (text.Length == 0) return;
            budget.Take(text.Length);
            if (level is { } depth)
            {
                headings[depth] = text;
                Array.Fill(headings, null, depth + 1, headings.Length - depth - 1);
            }
            else
                Blocks.Add(new Block(text,
                    Heading: string.Join(" › ", headings.Where(h => h is not null)) is { Length: > 0 } path ? path : null));
        }

        private string TextOf(Paragraph paragraph)
        {
            var text = new StringBuilder();
            Append(paragraph, text);
            return text.ToString();
        }

        private void Append(OpenXmlElement parent, StringBuilder text)
        {
            foreach (var element in parent.ChildElements)
            {
                switch (element)
                {
                    case DeletedRun or MoveFromRun or FieldCode or ParagraphProperties or SdtProperties: break;
                    case SdtElement placeholder when placeholder.SdtProperties?.GetFirstChild<ShowingPlaceholder>() is not null: break;
                    case Run { RunProperties.Vanish: { } hidden } when hidden.Val is null || hidden.Val.Value: break;
                    case Text letters: text.Append(letters.Text); break;
                    case TabChar: text.Append('\t'); break;
                    case Break or CarriageReturn: text.Append('\n'); break;
                    case NoBreakHyphen: text.Append('-'); break;
                    case FootnoteReference { Id: { } id } when notes.TryGetValue(id.Value, out var note):
                        text.Append(" (").Append(string.Join(' ', note.Descendants<Paragraph>().Select(TextOf)).Trim()).Append(')');
                        break;
                    default: Append(element, text); break;
                }
            }
        }

        private static int? LevelOf(Paragraph paragraph)
        {
            var style = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
            if (style == "Title") return 0;
            return style is not null && style.StartsWith("Heading", StringComparison.OrdinalIgnoreCase) && style[^1] is >= '1' and <= '8'
                ? style[^1] - '0' : null;
        }
    }
}
