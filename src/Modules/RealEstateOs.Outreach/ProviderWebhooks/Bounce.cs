using System.Text.RegularExpressions;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>
/// Does a bounce say that there is no such mailbox? Only then is the address dead. A full mailbox, a server that asks to come again, a
/// filter that dislikes this mail or this sender say nothing about the address.
/// </summary>
internal static partial class Bounce
{
    /// <param name="type"><c>bounce</c> or <c>blocked</c>, as SendGrid says it.</param>
    /// <param name="classification">SendGrid's bounce_classification.</param>
    /// <param name="status">The enhanced status code (RFC 3463), if it came apart from the reason.</param>
    /// <param name="reason">What the receiving server answered.</param>
    public static bool IsDead(string? type, string? classification, string? status, string? reason)
    {
        if (type is "blocked" or "soft" or "deferred" or "transient") return false;
        var said = reason?.ToLowerInvariant() ?? "";
        var code = EnhancedCode().Match(said) is { Success: true } found ? found.Value : status?.Trim() ?? "";
        if (DeadCodes.Contains(code)) return true;
        if (code.StartsWith('4') || Passing().IsMatch(said)) return false;
        if (NoSuchMailbox().IsMatch(said)) return true;
        // A provider that says no more than "bounce" means the address.
        return classification is { Length: > 0 } ? classification.Equals("invalid address", StringComparison.OrdinalIgnoreCase)
            : said.Length == 0 && code.Length == 0;
    }

    // Bad mailbox, bad domain, bad syntax, moved, no such recipient at Microsoft; disabled.
    private static readonly HashSet<string> DeadCodes = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];

    [GeneratedRegex(@"(?<![0-9.])[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")]
    private static partial Regex EnhancedCode();

    [GeneratedRegex(@"\bfull\b|quota|grey-?list|gray-?list|try (?:again|later)|temporar|\bspam|\bblocked\b|black-?list|block-?list|\bpolicy\b|reputation|\bcontent\b|rate limit|too many|too large|size limit|virus|dmarc|dkim|\bspf\b|timed? ?out")]
    private static partial Regex Passing();

    [GeneratedRegex(@"(?:no such|unknown|invalid|non-?existent) (?:\w+ )?(?:user|recipient|mailbox|address|account)|(?:user|recipient|mailbox|address|account|addressee)(?: \S+)? (?:is )?(?:unknown|not found|does ?n[o']t exist|does not exist|not exist|invalid|disabled|inactive|deactivated)|account that you tried to reach does not exist|not a valid (?:mailbox|recipient)|no mailbox (?:here )?by that name|not our customer")]
    private static partial Regex NoSuchMailbox();
}
