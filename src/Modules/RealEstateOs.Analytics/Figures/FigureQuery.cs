using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Figures;

public enum ComparedWith { PreviousPeriod, PreviousYear }

/// <summary>Which days and whose figures.</summary>
public sealed record FigureQuery
{
    /// <summary><c>7d</c>, <c>30d</c>, <c>90d</c>, <c>12m</c>, <c>ytd</c> … of the office's calendar, today included; also as
    /// <c>time_period=30days</c>.</summary>
    [FromQuery(Name = "period")] public string? Period { get; init; }
    /// <summary>Another name of <c>period</c>.</summary>
    [FromQuery(Name = "time_period"), OtherName] public string? TimePeriod { get; init; }
    /// <summary>The first day, with <c>end_date</c> in place of a period: 2026-01-01.</summary>
    [FromQuery(Name = "start_date")] public string? StartDate { get; init; }
    /// <summary>The last day; today where only the first is given.</summary>
    [FromQuery(Name = "end_date")] public string? EndDate { get; init; }
    /// <summary><c>previous_period</c> (as many days just before) or <c>previous_year</c> (the same days a year earlier) beside each main
    /// figure.</summary>
    [FromQuery(Name = "compare")] public string? Compare { get; init; }
    /// <summary>One person's figures: what is assigned to them. A colleague's take the permissions in full.</summary>
    [FromQuery(Name = "user_id"), JsonShape(typeof(UserId))] public string? UserId { get; init; }

    /// <summary>All faults at once. Without a period it is the default one, and without that all time.</summary>
    internal AskedFigures Read(DateOnly today, TimeZoneInfo zone, string? usual)
    {
        var errors = new List<FieldError>();
        var span = Days(today, zone, usual, errors);
        ComparedWith? compare = null;
        if (Compare is { Length: > 0 })
        {
            if (Vocabulary.TryRead<ComparedWith>(Compare, out var known)) compare = known;
            else errors.Add(FieldError.Format("compare", Vocabulary.Explain(typeof(ComparedWith))) with { In = "query" });
            if (span is null && errors.Count == 0) errors.Add(FieldError.Format("compare",
                "needs a period to compare") with { In = "query" });
        }
        UserId? person = null;
        if (UserId is { Length: > 0 })
        {
            if (EntityId.TryParse<UserId>(UserId, out var id)) person = id;
            else errors.Add(FieldError.Format("user_id", EntityId.Explain(Contracts.Auth.UserId.Prefix)) with { In = "query" });
        }
        return errors.Count > 0 ? throw Problem.Invalid(errors) : new(span, compare, person);
    }

    private DaySpan? Days(DateOnly today, TimeZoneInfo zone, string? usual, List<FieldError> errors)
    {
        var (name, text) = Period is { Length: > 0 } ? ("period", Period) : ("time_period", TimePeriod);
        if (StartDate is { Length: > 0 } || EndDate is { Length: > 0 })
        {
            if (text is { Length: > 0 }) errors.Add(FieldError.Format(name,
                "is given beside start_date and end_date; give one of them") with { In = "query" });
            var (from, to) = (Day("start_date", StartDate, errors), EndDate is { Length: > 0 } ? Day("end_date", EndDate, errors) : today);
            if (StartDate is not { Length: > 0 }) errors.Add(FieldError.Missing("start_date") with { In = "query" });
            if (from > to) errors.Add(FieldError.Range("end_date", "must not be before start_date") with { In = "query" });
            return errors.Count > 0 ? null : new(from!.Value, to!.Value, zone);
        }
        if (text is not { Length: > 0 }) return usual is null ? null : DaySpan.Read(usual, today, zone);
        if (DaySpan.Read(text, today, zone) is { } span) return span;
        errors.Add(FieldError.Format(name, "is a span such as 7d, 30d, 90d, 12m or ytd") with { In = "query" });
        return null;
    }

    private static DateOnly? Day(string name, string? text, List<FieldError> errors)
    {
        if (text is not { Length: > 0 }) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is > 1900 and < 2200) return day;
        errors.Add(FieldError.Format(name, "must be a date, such as 2026-01-31") with { In = "query" });
        return null;
    }
}

/// <summary>What was asked for, understood; a null span is all time.</summary>
internal sealed record AskedFigures(DaySpan? Span, ComparedWith? Compare, UserId? Person)
{
    /// <summary>The days to compare with.</summary>
    public DaySpan? Other => Span is { } span && Compare is { } compare ? compare == ComparedWith.PreviousPeriod ? span.Before
        : span.YearBefore : null;
}
