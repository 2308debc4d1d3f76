using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads.Scoring;

/// <summary>One part of a score: so many of at most so many points, and why.</summary>
/// <param name="Factor">source, budget, recency, engagement or completeness.</param>
/// <param name="Reason">Why so many, as a sentence.</param>
/// <param name="Points">What the lead reached of <c>max_points</c>.</param>
/// <param name="MaxPoints">The most that this factor can give: 15 to 25; all of them make 100.</param>
[NotMapped]
public sealed record ScoreReason(string Factor, int Points, int MaxPoints, string Reason);

/// <summary>What is known about a lead when it is scored.</summary>
internal sealed record LeadFacts(
    LeadSource Source, decimal? Budget, StockPrices Stock, DateTimeOffset LastSignOfLife,
    IReadOnlyDictionary<LeadActivityType, int> Activities,
    bool HasEmail, bool HasPhone, bool HasTimeline, bool HasProperty, bool HasPlace);

/// <summary>0–100 from facts: source 20, budget against the stock 25, recency 15, engagement 25, completeness 15.</summary>
internal static class LeadScore
{
    public static IReadOnlyList<ScoreReason> Of(LeadFacts facts, DateTimeOffset now) =>
        [Source(facts.Source), Budget(facts), Recency(facts.LastSignOfLife, now), Engagement(facts.Activities), Completeness(facts)];

    private static ScoreReason Source(LeadSource source) => new("source", source switch
    {
        LeadSource.Referral => 20,
        LeadSource.WalkIn => 18,
        LeadSource.Phone => 15,
        LeadSource.Portal => 14,
        LeadSource.Website or LeadSource.LandingPage => 12,
        LeadSource.Email or LeadSource.Event => 10,
        LeadSource.SocialMedia or LeadSource.Advertisement => 8,
        _ => 4,
    }, 20, $"Came by {Vocabulary.Word(source).Replace('_', ' ')}");

    private static ScoreReason Budget(LeadFacts facts)
    {
        if (facts.Budget is not { } budget) return new("budget", 0, 25, "No budget stated");
        if (facts.Stock.ShareUpTo(budget) is not { } share)
            return new("budget", 10, 25, "Budget stated; there is no priced stock to compare it with");
        return new("budget", (int)Math.Round(5 + 20 * share), 25,
            string.Create(CultureInfo.InvariantCulture,
                $"The budget reaches about {share * 100:0} % of {facts.Stock.Count} available properties"));
    }

    private static ScoreReason Recency(DateTimeOffset lastSign, DateTimeOffset now)
    {
        var days = (int)Math.Max(0, (now - lastSign).TotalDays);
        return new("recency", days switch { <= 1 => 15, <= 7 => 11, <= 30 => 6, <= 90 => 2, _ => 0 }, 15,
            days == 0 ? "Active within the last day" : $"Last active {days} days ago");
    }

    private static ScoreReason Engagement(IReadOnlyDictionary<LeadActivityType, int> activities)
    {
        var points = activities.Sum(a => a.Value * a.Key switch
        {
            LeadActivityType.Viewing or LeadActivityType.Meeting => 8,
            LeadActivityType.Call or LeadActivityType.Email or LeadActivityType.Sms => 4,
            _ => 1,
        });
        var words = string.Join(", ", activities.OrderBy(a => a.Key).Select(a => $"{a.Value} × {Vocabulary.Word(a.Key)}"));
        return new("engagement", Math.Min(25, points), 25, words.Length == 0 ? "No activity yet" : words);
    }

    private static ScoreReason Completeness(LeadFacts facts)
    {
        (string Word, bool Known, int Points)[] members =
        [
            ("e-mail", facts.HasEmail, 4), ("phone", facts.HasPhone, 4), ("timeline", facts.HasTimeline, 3),
            ("property", facts.HasProperty, 2), ("place or type", facts.HasPlace, 2),
        ];
        var missing = members.Where(m => !m.Known).Select(m => m.Word).ToArray();
        return new("completeness", members.Where(m => m.Known).Sum(m => m.Points), 15,
            missing.Length == 0 ? "Everything is known" : $"Missing: {string.Join(", ", missing)}");
    }
}
