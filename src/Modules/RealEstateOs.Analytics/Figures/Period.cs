using System.Globalization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Analytics.Figures;

/// <summary>A span of time that ends now: <c>30d</c>, <c>12m</c>, <c>ytd</c>, <c>30days</c> …</summary>
internal readonly record struct Period(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The span just before, of the same length.</summary>
    public Period Before => new(From - (To - From), From);

    /// <summary>Null means thirty days; a year begins where the office is; what can't be read is a 422 naming the parameter.</summary>
    public static Period Read(string? text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var period = string.IsNullOrWhiteSpace(text) ? "30d" : text.Trim().ToLowerInvariant();
        if (period == "ytd") return new(LocalDay.Start(new DateOnly(TimeZoneInfo.ConvertTime(now, zone).Year, 1, 1), zone), now);
        var digits = new string([.. period.TakeWhile(char.IsAsciiDigit)]);
        var unit = period[digits.Length..].Trim('_', ' ');
        if (digits.Length is > 0 and < 5 && int.Parse(digits, CultureInfo.InvariantCulture) is > 0 and var number)
        {
            if (unit is "d" or "day" or "days" && number <= 3660) return new(now.AddDays(-number), now);
            if (unit is "m" or "month" or "months" && number <= 120) return new(now.AddMonths(-number), now);
            if (unit is "y" or "year" or "years" && number <= 10) return new(now.AddYears(-number), now);
        }
        throw Problem.Invalid(FieldError.Format("period", "is a span such as 7d, 30d, 90d, 12m or ytd") with { In = "query" });
    }
}
