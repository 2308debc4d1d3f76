using System.Globalization;

namespace RealEstateOs.Analytics.Agents;

/// <param name="Rule">The rule that speaks, as docs/metrics.md names it.</param>
/// <param name="Evidence">The measured gap: own figure and the mean of the colleagues who have one.</param>
/// <param name="Text">The advice, as a sentence with both figures.</param>
public sealed record Recommendation(string Rule, string Text, RecommendationEvidence Evidence);

/// <param name="Metric">first_response_minutes, conversion_rate, listings_taken or days_to_close.</param>
/// <param name="Own">The person's figure.</param>
/// <param name="ColleaguesMean">Mean of the colleagues who have the figure.</param>
/// <param name="Gap">By how much the own figure is worse, as a share of the mean: 0.25 is a quarter.</param>
public sealed record RecommendationEvidence(string Metric, decimal? Own, decimal? ColleaguesMean, decimal? Gap);

/// <summary>Advice from measured gaps alone: a figure at least a tenth worse than the colleagues' mean. Nobody to compare with, nothing to
/// say.</summary>
internal static class Recommendations
{
    private const decimal Gap = 0.1m;

    private static readonly (string Rule, string Metric, Func<AgentFigures, decimal?> Figure, bool MoreIsBetter, string Text)[] Rules =
    [
        ("answer_faster", "first_response_minutes", a => (decimal?)a.FirstResponseMinutes, false,
            "Answer new leads sooner: the first response took {0:0.#} minutes on average, {1:0.#} with colleagues."),
        ("close_more", "conversion_rate", a => (decimal?)a.Conversion, true,
            "Look at why deals are lost: {0:P0} of the closed ones were won, {1:P0} with colleagues."),
        ("list_more", "listings_taken", a => a.ListingsTaken, true,
            "Take more listings: {0:0.#} came in, {1:0.#} with colleagues on average."),
        ("close_sooner", "days_to_close", a => (decimal?)a.DaysToClose, false,
            "Shorten the way from entry to closing: {0:0.#} days on average, {1:0.#} with colleagues."),
    ];

    public static IReadOnlyList<Recommendation> Of(AgentFigures agent, IReadOnlyList<AgentFigures> everybody)
    {
        var others = everybody.Where(a => a.User != agent.User).ToArray();
        var found = new List<Recommendation>();
        foreach (var (rule, metric, figure, moreIsBetter, text) in Rules)
        {
            var theirs = others.Select(figure).OfType<decimal>().ToArray();
            if (figure(agent) is not { } own || theirs.Length == 0 || theirs.Average() is not (> 0 and var mean)) continue;
            var gap = Math.Round(moreIsBetter ? 1 - own / mean : own / mean - 1, 4);
            if (gap >= Gap) found.Add(new(rule, string.Format(CultureInfo.InvariantCulture, text, own, mean),
                new(metric, Math.Round(own, 4), Math.Round(mean, 4), gap)));
        }
        return found;
    }
}
