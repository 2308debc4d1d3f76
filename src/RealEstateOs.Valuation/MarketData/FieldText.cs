using System.Globalization;

namespace RealEstateOs.Valuation.MarketData;

/// <summary>Reads what the published files put into their fields: three date formats, scientific numbers, "NA".</summary>
internal static class FieldText
{
    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd", "dd-MM-yyyy", "dd/MM/yyyy", "yyyyMMdd'T'HHmmss", "yyyy-MM-dd HH:mm:ss",
        "dd-MM-yyyy HH:mm:ss",
        "dd/MM/yyyy HH:mm:ss", "yyyyMMdd",
    ];

    public static DateOnly? Date(string? text)
    {
        text = Text(text);
        if (text is null) return null;
        if (DateOnly.TryParseExact(text.AsSpan(0, Math.Min(10, text.Length)), "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var iso)) return iso;
        return DateTime.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? DateOnly.FromDateTime(date) : null;
    }

    public static double? Number(string? text) =>
        Text(text) is { } value && double.TryParse(value, NumberStyles.Float
            | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    /// <summary>
    /// Trimmed, inner line breaks and runs of blanks as one blank; empty and the literal "NA" are null. A name that looks like a formula
    /// stays text.
    /// </summary>
    public static string? Text(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        if (trimmed is "NA" or "N/A" or "null" or "NULL" or "-") return null;
        return trimmed.AsSpan().IndexOfAny("\r\n\t") < 0 && !trimmed.Contains("  ", StringComparison.Ordinal)
            ? trimmed
            : string.Join(' ', trimmed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>"Studio" is 0, "2 B/R" is 2, a bare number itself; "PENTHOUSE", "Office", "Shop" carry no count.</summary>
    public static int? Bedrooms(string? rooms)
    {
        rooms = Text(rooms);
        if (rooms is null) return null;
        if (rooms.StartsWith("Studio", StringComparison.OrdinalIgnoreCase)) return 0;
        var digits = 0;
        while (digits < rooms.Length && char.IsAsciiDigit(rooms[digits])) digits++;
        if (digits is 0 or > 2) return null;
        return int.Parse(rooms.AsSpan(0, digits), CultureInfo.InvariantCulture);
    }

    /// <summary>1/0, "Off-Plan"/"Ready", "Off-Plan Properties"/"Existing Properties", "Free Hold"/"Non Free Hold", yes/no.</summary>
    public static bool? Flag(string? text)
    {
        text = Text(text);
        if (text is null) return null;
        return text.ToUpperInvariant() switch
        {
            "1" or "1.0" or "TRUE" or "YES" or "Y" or "OFF-PLAN" or "OFF PLAN" or "OFF-PLAN PROPERTIES" or "FREE HOLD" or "FREEHOLD" =>
                true,
            "0" or "0.0" or "FALSE" or "NO" or "N" or "READY" or "EXISTING" or "EXISTING PROPERTIES" or "NON FREE HOLD" or "NON FREEHOLD" =>
                false,
            _ => null,
        };
    }
}
