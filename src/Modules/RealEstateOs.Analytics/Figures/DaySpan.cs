using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Whole days of an office's own calendar, the first and the last included.</summary>
internal readonly record struct DaySpan(DateOnly From, DateOnly To, TimeZoneInfo Zone)
{
    public DateTimeOffset Start => LocalDay.Start(From, Zone);

    /// <summary>The first moment after it.</summary>
    public DateTimeOffset End => LocalDay.Start(To.AddDays(1), Zone);

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>As many days just before.</summary>
    public DaySpan Before => this with { From = From.AddDays(-Days), To = From.AddDays(-1) };

    /// <summary>The same days of the year before; the 29th of February becomes the 28th.</summary>
    public DaySpan YearBefore => this with { From = From.AddYears(-1), To = To.AddYears(-1) };

    public Period Moments => new(Start, End);

    /// <summary>The first days of the months that it touches.</summary>
    public IEnumerable<DateOnly> Months()
    {
        for (var month = new DateOnly(From.Year, From.Month, 1); month <= To; month = month.AddMonths(1)) yield return month;
    }

    /// <summary><c>7d</c>, <c>30days</c>, <c>12m</c>, <c>1y</c>, <c>ytd</c>: so much of the calendar, today being the last day; null for
    /// what is none.</summary>
    public static DaySpan? Read(string text, DateOnly today, TimeZoneInfo zone) =>
        SpanWords.Read(text) switch
        {
            { Unit: SpanUnit.YearToDate } => new(new DateOnly(today.Year, 1, 1), today, zone),
            { Unit: SpanUnit.Days } days => new(today.AddDays(1 - days.Number), today, zone),
            { Unit: SpanUnit.Months } months => new(today.AddDays(1).AddMonths(-months.Number), today, zone),
            { Unit: SpanUnit.Years } years => new(today.AddDays(1).AddYears(-years.Number), today, zone),
            _ => null,
        };
}
