namespace RealEstateOs.Platform.Contacts;

/// <summary>
/// Telephone numbers as people write them, brought to E.164, so that the same number is found again: international forms of
/// any country, national forms of the Emirates and of North America.
/// </summary>
public static class PhoneNumber
{
    /// <summary>E.164, or null where the text can't be told. <paramref name="country"/> (AE, US …) decides between forms that two countries share.</summary>
    public static string? Normalise(string? text, string? country = null)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        if (trimmed.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) trimmed = trimmed[4..];
        var international = trimmed.StartsWith('+') || trimmed.StartsWith('＋');
        var digits = Digits(WithoutExtension(international ? trimmed.Replace("(0)", "", StringComparison.Ordinal) : trimmed));
        if (digits is null) return null;
        if (!international && digits.StartsWith("00", StringComparison.Ordinal)) (international, digits) = (true, digits[2..]);
        else if (!international && digits.StartsWith("011", StringComparison.Ordinal) && digits.Length > 11) (international, digits) = (true, digits[3..]);
        var found = international ? digits : National(digits, country?.Trim().ToUpperInvariant());
        return found is { Length: >= 8 and <= 15 } && found[0] != '0' ? "+" + found : null;
    }

    /// <summary>Is there enough of a number to keep?</summary>
    public static bool IsPlausible(string text) => text.Count(char.IsAsciiDigit) is >= 5 and <= 20 && text.All(c => char.IsAsciiDigit(c) || " +-().,/#xtensioXTEN:＋\u00A0".Contains(c));

    private static string? National(string digits, string? country)
    {
        if (country is not (null or "" or "AE" or "US" or "CA" or "UNITED ARAB EMIRATES" or "UAE" or "USA" or "UNITED STATES")) return null;
        if (digits.Length is 11 or 12 && digits.StartsWith("971", StringComparison.Ordinal)) return digits;
        if (digits.Length == 13 && digits.StartsWith("9710", StringComparison.Ordinal)) return "971" + digits[4..];
        if (digits[0] == '0') return IsEmirati(digits[1..]) ? "971" + digits[1..] : null;
        if (digits.Length == 11 && digits[0] == '1' && IsAmerican(digits[1..])) return digits;
        if (digits.Length == 10 && IsAmerican(digits)) return "1" + digits;
        return country is "AE" or "UAE" or "UNITED ARAB EMIRATES" && IsEmirati(digits) ? "971" + digits : null;
    }

    // Mobiles are 5x and seven digits, landlines one digit of the emirate and seven.
    private static bool IsEmirati(string digits) =>
        digits is ['5', '0' or '2' or '4' or '5' or '6' or '8', ..] ? digits.Length == 9 : digits is ['2' or '3' or '4' or '6' or '7' or '9', ..] && digits.Length == 8;

    private static bool IsAmerican(string digits) => digits is [>= '2' and <= '9', _, _, >= '2' and <= '9', ..] && digits.Length == 10;

    private static string WithoutExtension(string text)
    {
        var end = text.AsSpan().IndexOfAny("xX#eE,;");
        return end > 0 ? text[..end] : text;
    }

    private static string? Digits(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        return digits.Length >= 5 && !text.Any(char.IsLetter) ? digits : null;
    }
}
