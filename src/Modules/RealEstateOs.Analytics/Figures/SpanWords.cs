using System.Globalization;

namespace RealEstateOs.Analytics.Figures;

internal enum SpanUnit { Days, Months, Years, YearToDate }

/// <summary>The words for a span: <c>7d</c>, <c>30days</c>, <c>12m</c>, <c>1y</c>, <c>ytd</c>; ten years at most.</summary>
internal readonly record struct SpanWords(int Number, SpanUnit Unit)
{
    /// <summary>Null for what is none.</summary>
    public static SpanWords? Read(string text)
    {
        var words = text.Trim().ToLowerInvariant();
        if (words == "ytd") return new(1, SpanUnit.YearToDate);
        var digits = new string([.. words.TakeWhile(char.IsAsciiDigit)]);
        if (digits.Length is 0 or > 4 || int.Parse(digits, CultureInfo.InvariantCulture) is not (> 0 and var number)) return null;
        return words[digits.Length..].Trim('_', ' ') switch
        {
            "d" or "day" or "days" when number <= 3660 => new(number, SpanUnit.Days),
            "m" or "month" or "months" when number <= 120 => new(number, SpanUnit.Months),
            "y" or "year" or "years" when number <= 10 => new(number, SpanUnit.Years),
            _ => null,
        };
    }
}
