using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Analytics.Figures;

/// <summary>A span of time that ends now: <c>30d</c>, <c>12m</c>, <c>ytd</c>, <c>30days</c> …</summary>
internal readonly record struct Period(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The span just before, of the same length.</summary>
    public Period Before => new(From - (To - From), From);

    /// <summary>Null means thirty days; a year begins where the office is; what can't be read is a 422 naming the parameter.</summary>
    public static Period Read(string? text, DateTimeOffset now, TimeZoneInfo zone) =>
        SpanWords.Read(string.IsNullOrWhiteSpace(text) ? "30d" : text) switch
        {
            { Unit: SpanUnit.YearToDate } => new(LocalDay.Start(new DateOnly(LocalDay.Of(now, zone).Year, 1, 1), zone), now),
            { Unit: SpanUnit.Days } days => new(now.AddDays(-days.Number), now),
            { Unit: SpanUnit.Months } months => new(now.AddMonths(-months.Number), now),
            { Unit: SpanUnit.Years } years => new(now.AddYears(-years.Number), now),
            _ => throw Problem.Invalid(FieldError.Format("period", "is a span such as 7d, 30d, 90d, 12m or ytd") with { In = "query" }),
        };
}
