using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Portfolios;

/// <summary>Whose pipeline, and of which days.</summary>
public sealed record PipelineQuery
{
    /// <summary>All of the organization's where none is named.</summary>
    [FromQuery(Name = "team_id"), JsonShape(typeof(TeamId))] public string? TeamId { get; init; }
    /// <summary>The first day on which a property was added: 2026-01-31.</summary>
    [FromQuery(Name = "date_from")] public string? DateFrom { get; init; }
    /// <summary>The last day.</summary>
    [FromQuery(Name = "date_to")] public string? DateTo { get; init; }

    /// <summary>All faults at once.</summary>
    internal (TeamId? Team, DateOnly? From, DateOnly? To) Read()
    {
        var errors = new List<FieldError>();
        TeamId? team = null;
        if (TeamId is { Length: > 0 })
        {
            if (EntityId.TryParse<TeamId>(TeamId, out var known)) team = known;
            else errors.Add(FieldError.Format("team_id", EntityId.Explain(Contracts.Auth.TeamId.Prefix)) with { In = "query" });
        }
        var (from, to) = (Day(DateFrom, "date_from", errors), Day(DateTo, "date_to", errors));
        if (from > to) errors.Add(FieldError.Range("date_to", "must not be before date_from") with { In = "query" });
        return errors.Count > 0 ? throw Problem.Invalid(errors) : (team, from, to);
    }

    // The guide says ISO 8601 date; clients also send a time with it.
    private static DateOnly? Day(string? text, string name, List<FieldError> errors)
    {
        if (text is not { Length: > 0 }) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.Year is > 1800 and < 2200 && text.StartsWith($"{time.Year:d4}-", StringComparison.Ordinal))
            return DateOnly.FromDateTime(time.DateTime);
        errors.Add(FieldError.Format(name, "must be a date, such as 2026-01-31") with { In = "query" });
        return null;
    }
}
