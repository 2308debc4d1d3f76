using System.Globalization;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Deals.Portfolios;

/// <summary>team_id and the days of a pipeline's figures; every fault is named at once.</summary>
internal sealed class PipelineQuery
{
    private readonly List<FieldError> errors = [];

    public PipelineQuery(IQueryCollection query)
    {
        if (query["team_id"].FirstOrDefault() is not { Length: > 0 } text) Team = null;
        else if (EntityId.TryParse<TeamId>(text, out var team)) Team = team;
        else errors.Add(FieldError.Format("team_id", EntityId.Explain(TeamId.Prefix)) with { In = "query" });
        (From, To) = (Day(query, "date_from"), Day(query, "date_to"));
        if (From > To) errors.Add(FieldError.Range("date_to", "must not be before date_from") with { In = "query" });
        if (errors.Count > 0) throw Problem.Invalid(errors);
    }

    /// <summary>All of the organization's where none is named.</summary>
    public TeamId? Team { get; }

    public DateOnly? From { get; }

    public DateOnly? To { get; }

    // The guide says ISO 8601 date; clients also send a time with it.
    private DateOnly? Day(IQueryCollection query, string name)
    {
        if (query[name].FirstOrDefault() is not { Length: > 0 } text) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.Year is > 1800 and < 2200 && text.StartsWith($"{time.Year:d4}-", StringComparison.Ordinal))
            return DateOnly.FromDateTime(time.DateTime);
        errors.Add(FieldError.Format(name, "must be a date, such as 2026-01-31") with { In = "query" });
        return null;
    }
}
