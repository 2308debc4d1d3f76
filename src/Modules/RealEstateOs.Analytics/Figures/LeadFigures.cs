using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Leads that came in during the period, of all time without one.</summary>
public sealed record LeadFiguresResponse : FigureResponse
{
    /// <summary>Leads that came in within the days.</summary>
    public required long TotalLeads { get; init; }
    /// <summary>Leads by their status now; what does not occur is left out.</summary>
    public required IReadOnlyDictionary<string, long> ByStatus { get; init; }
    /// <summary>Leads by source; what does not occur is left out.</summary>
    public required IReadOnlyDictionary<string, long> BySource { get; init; }
    /// <summary>Converted leads as a fraction of all.</summary>
    public required decimal? ConversionRate { get; init; }
    /// <summary>0 to 100; null without leads.</summary>
    public required decimal? AverageScore { get; init; }
    /// <summary>How far the leads have come: all of them, those worked on, those found to be serious, those won.</summary>
    public required IReadOnlyList<FunnelStep> Funnel { get; init; }
    /// <summary>Each source with what came of its leads, the largest first.</summary>
    public required IReadOnlyList<SourceFigures> Sources { get; init; }
    /// <summary>How soon leads got a response.</summary>
    public required ResponseTime ResponseTime { get; init; }
    /// <summary>By the month in which they came in, the oldest first.</summary>
    public required IReadOnlyList<MonthlyCount> ByMonth { get; init; }

    internal override IEnumerable<(string Name, decimal? Value)> Main() =>
    [
        ("total_leads", TotalLeads), ("converted_leads", ByStatus.GetValueOrDefault("converted")), ("conversion_rate", ConversionRate),
        ("average_response_minutes", ResponseTime.AverageMinutes), ("response_rate", ResponseTime.ResponseRate),
    ];
}

/// <param name="OfAll">As a fraction of all leads.</param>
/// <param name="OfStepBefore">As a fraction of the step before.</param>
/// <param name="Step">all, contacted, qualified or converted.</param>
/// <param name="Leads">Leads that came at least so far.</param>
public sealed record FunnelStep(string Step, long Leads, decimal? OfAll, decimal? OfStepBefore);

/// <param name="ConversionRate">Converted ÷ all of the source, 0 to 1.</param>
/// <param name="AverageResponseMinutes">From entry to the first response, of those that got one.</param>
/// <param name="Source">A lead's source, such as portal.</param>
/// <param name="Leads">That came in by it within the days.</param>
/// <param name="Converted">Of these, those that became clients.</param>
public sealed record SourceFigures(string Source, long Leads, long Converted, decimal? ConversionRate, decimal? AverageResponseMinutes);

/// <param name="AverageMinutes">From entry to the first response, of the leads that got one.</param>
/// <param name="ResponseRate">Leads that got a response as a fraction of all.</param>
/// <param name="Answered">Leads that got a response.</param>
/// <param name="Unanswered">Leads that got none yet.</param>
public sealed record ResponseTime(decimal? AverageMinutes, long Answered, long Unanswered, decimal? ResponseRate);

internal sealed class LeadFigures(FactReader facts, CurrentUser user)
{
    private static readonly string[] Serious = ["qualified", "converted"];

    public async Task<LeadFiguresResponse> CountAsync(FigureContext context, CancellationToken ct)
    {
        var cells = await facts.ReadAsync(Fact.Leads, context.Span, context.Of(user, MayRead.Leads), Cut.First | Cut.Second | Cut.Month,
            ct, context.Zone);
        var total = cells.Sum(c => c.Count);
        return new()
        {
            Period = context.Shown, Currency = context.Currency, AsOf = context.Now, TotalLeads = total,
            ByStatus = cells.By(c => c.First, Vocabulary.WordsOf(typeof(LeadStatus))),
            BySource = cells.By(c => c.Second, Vocabulary.WordsOf(typeof(LeadSource))),
            ConversionRate = Numbers.Rate(cells.Count("converted"), total),
            AverageScore = cells.Add(c => c.B).Mean.Round(2), Funnel = FunnelOf(cells, total),
            Sources = [.. cells.GroupBy(c => c.Second!).Select(g => SourceOf(g.Key, [.. g])).OrderByDescending(s => s.Leads).ThenBy(s =>
                s.Source, StringComparer.Ordinal)],
            ResponseTime = Responses(cells, total), ByMonth = PropertyFigures.Months(cells, context),
            Notes = total == 0 ? ["No lead came in during the period: rates and means are null."] : [],
        };
    }

    private static FunnelStep[] FunnelOf(IReadOnlyList<Cell> cells, long total)
    {
        var (contacted, serious, won) = (cells.Where(c => c.First != "new").Sum(c => c.Count), cells.Count(Serious),
            cells.Count("converted"));
        return
        [
            new("leads", total, Numbers.Rate(total, total), null), new("contacted", contacted, Numbers.Rate(contacted, total),
                Numbers.Rate(contacted, total)),
            new("qualified", serious, Numbers.Rate(serious, total), Numbers.Rate(serious, contacted)),
            new("converted", won, Numbers.Rate(won, total), Numbers.Rate(won, serious)),
        ];
    }

    private static SourceFigures SourceOf(string source, IReadOnlyList<Cell> cells)
    {
        var (leads, converted) = (cells.Sum(c => c.Count), cells.Count("converted"));
        return new(source, leads, converted, Numbers.Rate(converted, leads), cells.Add(c => c.A).Mean.Round(1));
    }

    internal static ResponseTime Responses(IReadOnlyList<Cell> cells, long total)
    {
        var answered = cells.Add(c => c.A);
        return new(answered.Mean.Round(1), answered.Known, total - answered.Known, Numbers.Rate(answered.Known, total));
    }
}
