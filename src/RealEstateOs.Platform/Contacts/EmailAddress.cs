using System.Globalization;
using System.Text;

namespace RealEstateOs.Platform.Contacts;

public static class EmailAddress
{
    private static readonly IdnMapping Idn = new();

    /// <summary>One spelling for one mailbox: trimmed, lower case, the domain in ASCII. Dots and tags stay: not every provider ignores them.</summary>
    public static string? Normalise(string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) return null;
        var text = address.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var at = text.LastIndexOf('@');
        if (at < 1) return text;
        try { return text[..at] + "@" + Idn.GetAscii(text[(at + 1)..].TrimEnd('.')); }
        catch (ArgumentException) { return text; }
    }
}
