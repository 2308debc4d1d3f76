using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace RealEstateOs.Assistant.Extraction;

/// <summary>
/// The text of a PDF by poppler's <c>pdftotext -layout</c>: it keeps tables in columns and Arabic in the order in which it is read. It runs
/// in a process of its own, because a PDF is somebody else's program.
/// </summary>
internal static partial class PdfText
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<ExtractedText> ReadAsync(string path, CancellationToken ct)
    {
        var blocks = new List<Block>();
        var page = 0;
        foreach (var text in (await RunAsync(path, ct)).TrimEnd('\f').Split('\f'))
        {
            page++;
            foreach (var block in Paragraphs(Mended(text))) blocks.Add(new Block(block, page));
        }
        if (blocks.Count == 0) throw new UnreadableDocument("The PDF holds no text; it may be a scan. Upload one with text.");
        return new ExtractedText(blocks, page);
    }

    private static async Task<string> RunAsync(string path, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        using var process = Start(path);
        try
        {
            var (budget, text, chunk) = (new TextBudget(), new StringBuilder(), new char[64 * 1024]);
            var complaints = process.StandardError.ReadToEndAsync(limit.Token);
            for (int read; (read = await process.StandardOutput.ReadAsync(chunk, limit.Token)) > 0;)
            {
                // Blanks of a wide layout are no text.
                budget.Take(chunk.AsSpan(0, read).ToArray().Count(c => c != ' '));
                text.Append(chunk, 0, read);
            }
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode == 0) return text.ToString();
            throw new UnreadableDocument((await complaints).Contains("password", StringComparison.OrdinalIgnoreCase)
                ? "The PDF is protected by a password." : "The PDF could not be read.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new UnreadableDocument($"The PDF took longer than {Patience.TotalSeconds:0} seconds to read.");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static Process Start(string path)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("pdftotext", ["-layout", "-enc", "UTF-8", "-q", path, "-"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
            })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new UnreadableDocument(
                "PDFs can't be read here: pdftotext (poppler-utils) is not installed. Tell the operators of this installation.", missing);
        }
    }

    // Paragraphs end at an empty line; within one the lines of a table stay apart.
    private static IEnumerable<string> Paragraphs(string page) =>
        EmptyLines().Split(page)
            .Select(p => string.Join('\n',
                p.Split('\n').Select(line => Blanks().Replace(line.Trim(), "  ")).Where(line => line.Length > 0))).Where(p => p.Length > 0);

    /// <summary>
    /// Takes out the marks of direction, and puts the lam-alef right that poppler turns round where a font has it as one letter: no Arabic
    /// word begins with two alefs and a lam, and none is an article alone.
    /// </summary>
    internal static string Mended(string text) => LoneArticle().Replace(TurnedArticle().Replace(Marks().Replace(text, ""), "ال$1"), "لا");

    [GeneratedRegex("[\u200B-\u200F\u202A-\u202E\u2066-\u2069\u00AD]")]
    private static partial Regex Marks();

    [GeneratedRegex("(?<![\u0621-\u064A])ا([اأإآ])ل")]
    private static partial Regex TurnedArticle();

    [GeneratedRegex("(?<![\u0621-\u064A])ال(?![\u0621-\u064A])")]
    private static partial Regex LoneArticle();

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"[ \t\u00A0]{2,}")]
    private static partial Regex Blanks();
}
