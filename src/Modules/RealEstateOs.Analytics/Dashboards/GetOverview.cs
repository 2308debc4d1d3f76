using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Analytics.Goals;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics.Dashboards;

/// <summary>A person's or the office's performance, as AURA's example shows it.</summary>
public sealed record OverviewResponse : FigureResponse
{
    /// <summary>The main figures of the days.</summary>
    public required OverviewFigures PerformanceOverview { get; init; }
    public required OverviewTrends KpiTrends { get; init; }
    /// <summary>Goals of the person, or of the office; a month's sales and volume always, with a null target where nobody set
    /// one.</summary>
    public required IReadOnlyDictionary<string, GoalStand> GoalProgress { get; init; }
    /// <summary>The latest ten, of what the reader may see.</summary>
    public required IReadOnlyList<RecentActivity> RecentActivities { get; init; }

    internal override IEnumerable<(string Name, decimal? Value)> Main() =>
        [("listings", KpiTrends.Listings.Current), ("sales", KpiTrends.Sales.Current), ("volume", KpiTrends.Volume.Current),
            ("gross_commission", PerformanceOverview.GrossCommission)];
}

/// <param name="ListingsActive">Now: available, pending or under contract.</param>
/// <param name="ListingsSold">Deals won in the period.</param>
/// <param name="GrossCommission">Value × rate of these deals, before it is split.</param>
/// <param name="ConversionRate">won / (won + lost)</param>
/// <param name="TotalVolume">Value of these deals, in the organization's currency.</param>
/// <param name="AverageDaysOnMarket">From a property's entry to the closing of its won deal.</param>
public sealed record OverviewFigures(
    long ListingsActive, long ListingsSold, decimal TotalVolume, decimal GrossCommission, decimal? ConversionRate,
    decimal? AverageDaysOnMarket);

/// <summary>Against as many days just before: listings that came in, deals won, their value.</summary>
/// <param name="Listings">Properties that came in.</param>
/// <param name="Sales">Deals won.</param>
/// <param name="Volume">Values of the won deals.</param>
public sealed record OverviewTrends(Change Listings, Change Sales, Change Volume);

internal sealed class Overview(
    FactReader facts, WonDeals sold, GoalProgress goals, ActivityFigures activities, CurrentUser user)
{
    public async Task<OverviewResponse> CountAsync(FigureContext context, CancellationToken ct)
    {
        var span = context.Span!.Value;
        var (listings, deals) = (context.Of(user, MayRead.Properties), context.Of(user, MayRead.Deals));
        var stock = await facts.ReadAsync(Fact.Properties, null, listings, Cut.First, ct);
        var closed = await facts.ReadAsync(Fact.Closed, span, deals, Cut.First | Cut.Third, ct);
        var before = await facts.ReadAsync(Fact.Closed, span.Before, deals, Cut.First | Cut.Third, ct);
        async Task<long> TakenAsync(DaySpan days) => (await facts.ReadAsync(Fact.Properties, days, listings, Cut.None, ct)).Sum(c =>
            c.Count);
        decimal Volume(IEnumerable<Cell> cells) => cells.Where(c => c.First == "closed_won" && c.Third == context.Currency).Add(c =>
            c.A).Sum;
        var (won, lost) = (closed.Count("closed_won"), closed.Count("closed_lost"));
        var wins = closed.Where(c => c.First == "closed_won").ToArray();
        return new()
        {
            Period = context.Shown, Currency = context.Currency, AsOf = context.Now,
            PerformanceOverview = new(
                stock.Count(PropertyFigures.Active), won, Volume(closed), wins.Where(c => c.Third == context.Currency).Add(c => c.B).Sum,
                Numbers.Rate(won, won + lost),
                await sold.DaysOnMarketAsync(span, deals, ct)),
            KpiTrends = new(
                Change.Of(await TakenAsync(span), await TakenAsync(span.Before)), Change.Of(won, before.Count("closed_won")),
                Change.Of(Volume(closed), Volume(before))),
            GoalProgress = await goals.OfAsync(context, ct), RecentActivities = await activities.RecentAsync(context, ct),
            Notes =
            [
                .. Left.Out(wins, context, "won deals", c => c.A),
                .. won + lost == 0 ? ["No deal was won or lost in the period: conversion_rate is null."] : Array.Empty<string>(),
                .. new[] { MayRead.Properties, MayRead.Deals }.Where(p => !user.May(p)).Select(p =>
                    string.Create(CultureInfo.InvariantCulture, $"Nothing is counted of what takes the permission {p}.")),
            ],
        };
    }
}

internal static class GetOverview
{
    /// <summary>Performance, trends against the days before, goals and what happened lately; default the last 30 days.</summary>
    public static Task<Results<Ok<OverviewResponse>, NotFound>> Handle([AsParameters] FigureQuery query, FigureDesk desk,
        Overview overview, CancellationToken ct) =>
        FigureEndpoints.AnswerAsync(desk, query, "30d", context => overview.CountAsync(context, ct), ct);
}
