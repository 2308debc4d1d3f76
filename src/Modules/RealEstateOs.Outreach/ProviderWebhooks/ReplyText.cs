using System.Text.RegularExpressions;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>What somebody wrote in an answer, without the mail that they answer and that their program put below.</summary>
internal static partial class ReplyText
{
    public static string Of(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var own = lines.TakeWhile((line, at) => !Quotation().IsMatch(line) && !Introduction().IsMatch(line)
            && !(at + 1 < lines.Length && Introduction().IsMatch($"{line} {lines[at + 1]}"))).ToArray();
        var written = string.Join('\n', own).Trim();
        return written.Length > 0 ? written : text.Trim();
    }

    // "> quoted", "-----Original Message-----", the line that Outlook draws.
    [GeneratedRegex(@"^\s*(?:>|-{3,}\s*(?:Original Message|Forwarded message|الرسالة الأصلية)|_{20,}$)", RegexOptions.IgnoreCase)]
    private static partial Regex Quotation();

    // "On Mon, 2 Feb 2026 at 10:00, Uma User <uma@example.com> wrote:", which may break over two lines.
    [GeneratedRegex(@"^\s*(?:On\s.{6,200}\swrote:|Am\s.{6,200}\sschrieb\b.{0,100}:|في\s.{6,200}كتب.{0,100}:|From:\s.+@.+)\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Introduction();
}
