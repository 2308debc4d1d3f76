using System.Globalization;
using System.Text;
using MimeKit;

namespace RealEstateOs.Platform.Contacts;

/// <summary>
/// E-mail addresses as people write and paste them. One mailbox has one key, by which records are stored, found again, suppressed and
/// written to; what a mail server would not take as one plain address has none.
/// </summary>
public static class EmailAddress
{
    private const int LongestLocalPart = 64, LongestAddress = 254;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };
    private static readonly ParserOptions Strict = new() { AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false };

    /// <summary>
    /// The plain address in one spelling: lower case, the domain in ASCII, without display name, needless quotes and what stands around an
    /// address in a sentence. Dots and tags stay: not every provider ignores them. Null where the text is not one address.
    /// </summary>
    public static string? Normalise(string? text)
    {
        if (Plain(text) is not { } plain) return null;
        var at = plain.LastIndexOf('@');
        // The capital and the small Turkish i are the same key of the keyboard to whoever types an address; no provider gives out both.
        var local = Unquoted(plain[..at])?.ToLowerInvariant().Replace('İ', 'i').Replace('ı', 'i');
        if (local is null || !IsLocalPart(local) || Domain(plain[(at + 1)..]) is not { } domain) return null;
        var address = $"{local}@{domain}";
        return address.Length <= LongestAddress && MailboxAddress.TryParse(Strict, address, out _) ? address : null;
    }

    /// <summary>The address as it was written, without what is no part of it; null where there is none.</summary>
    public static string? Clean(string? text)
    {
        if (Normalise(text) is null) return null;
        var plain = Plain(text)!;
        var at = plain.LastIndexOf('@');
        return $"{Unquoted(plain[..at])}@{plain[(at + 1)..].TrimEnd('.')}";
    }

    // "Sara Nasser <sara@example.com>", mailto:sara@example.com, sara@example.com;
    private static string? Plain(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var plain = Invisible.Remove(text).Normalize(NormalizationForm.FormKC).Trim(' ', ',', ';', '\t', '\r', '\n');
        if (plain.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) plain = plain[7..].Split('?')[0];
        if (plain.EndsWith('>') && plain.LastIndexOf('<') is >= 0 and var opens) plain = plain[(opens + 1)..^1].Trim();
        plain = plain.TrimEnd('.', ',', ';');
        return plain.LastIndexOf('@') > 0 ? plain : null;
    }

    private static string? Unquoted(string local)
    {
        if (local[0] != '"') return local;
        return local.Length > 2 && local[^1] == '"' ? local[1..^1].Replace("\\", "", StringComparison.Ordinal) : null;
    }

    // A dot-atom of RFC 5322, with the letters of other scripts (RFC 6531). What would need quotes, nobody was ever given.
    private static bool IsLocalPart(string local) =>
        local.Length > 0 && Encoding.UTF8.GetByteCount(local) <= LongestLocalPart && !local.Split('.').Contains("")
        && local.All(c => char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c) || ".!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal)
            : char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c));

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string? Domain(string text)
    {
        try
        {
            var domain = Idn.GetAscii(text.TrimEnd('.').Replace('İ', 'i').ToLowerInvariant());
            var dot = domain.LastIndexOf('.');
            return dot > 0 && domain[(dot + 1)..].Any(char.IsAsciiLetter) ? domain : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
