using Microsoft.EntityFrameworkCore;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics.Goals;

/// <param name="Target">null where nobody set one.</param>
/// <param name="Progress">current ÷ target, 1 is reached.</param>
/// <param name="Current">Counted until today; null to whom what is counted is closed.</param>
public sealed record GoalStand(decimal? Target, decimal? Current, decimal? Progress);

/// <summary>Counts how far goals are: one statement for each kind of record and period, for all people together.</summary>
internal sealed class GoalProgress(AnalyticsDb db, FactReader facts, CurrentUser user)
{
    private readonly Dictionary<(Fact, GoalPeriod), IReadOnlyList<Cell>> counted = [];

    public async Task<decimal?> CurrentAsync(GoalMetric metric, GoalPeriod period, UserId? person, FigureContext context,
        CancellationToken ct)
    {
        var permission = metric switch { GoalMetric.Listings => MayRead.Properties, GoalMetric.Leads => MayRead.Leads, _ => MayRead.Deals };
        if (!user.May(permission)) return null;
        var fact = metric switch { GoalMetric.Listings => Fact.Properties, GoalMetric.Leads => Fact.Leads, _ => Fact.Closed };
        if (!counted.TryGetValue((fact, period), out var all))
        {
            var span = Goal.SpanOf(period, context.Today, context.Zone);
            counted[(fact, period)] = all = await facts.ReadAsync(fact, span, Whose.Of(user, permission, null),
                Cut.First | Cut.Third | Cut.Person, ct);
        }
        var cells = person is { } who ? all.Where(c => c.Person == who.Value).ToArray() : all;
        if (fact != Fact.Closed) return cells.Sum(c => c.Count);
        var won = cells.Where(c => c.First == "closed_won").ToArray();
        var here = won.Where(c => c.Third == context.Currency);
        return metric switch { GoalMetric.Sales => won.Sum(c => c.Count), GoalMetric.Volume => here.Add(c => c.A).Sum,
            _ => here.Add(c => c.B).Sum };
    }

    /// <summary>The goals of a person, or of the office; a month's sales and volume are always told.</summary>
    public async Task<IReadOnlyDictionary<string, GoalStand>> OfAsync(FigureContext context, CancellationToken ct)
    {
        var person = context.Asked.Person;
        var goals = await db.Goals.AsNoTracking().Where(g => g.UserId == person).OrderBy(g => g.Id).ToListAsync(ct);
        var stands = new Dictionary<string, GoalStand>();
        foreach (var (metric, period) in goals.Select(g => (g.Metric, g.Period)).Concat([(GoalMetric.Sales, GoalPeriod.Month),
            (GoalMetric.Volume, GoalPeriod.Month)]).Distinct())
        {
            var target = goals.FirstOrDefault(g => g.Metric == metric && g.Period == period)?.Target;
            stands[Goal.NameOf(metric, period)] = Stand(target, await CurrentAsync(metric, period, person, context, ct));
        }
        return stands;
    }

    public static GoalStand Stand(decimal? target, decimal? current) => new(target, current, target is { } aim && current is { } now
        ? Math.Round(now / aim, 4) : null);
}
