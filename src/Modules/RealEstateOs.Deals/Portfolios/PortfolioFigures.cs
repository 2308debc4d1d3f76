using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Portfolios;

/// <summary>
/// Figures of all portfolios; a property in several of them counts once in the totals. Values are in <paramref name="Currency"/>.
/// </summary>
/// <param name="TotalPortfolios">All of them.</param>
/// <param name="TotalProperties">The properties in them, in any currency.</param>
/// <param name="TotalValue">Of the properties in <paramref name="Currency"/>.</param>
/// <param name="AvgPortfolioValue">What a portfolio holds in <paramref name="Currency"/>; null without portfolios.</param>
/// <param name="Currency">The organization's, or the only one that the properties have.</param>
/// <param name="ByCurrency">The value of the properties of each currency: they are never added.</param>
/// <param name="Notes">What the values leave out.</param>
public sealed record PortfolioStatsResponse(
    int TotalPortfolios, int TotalProperties, decimal TotalValue, decimal? AvgPortfolioValue, string Currency,
    IReadOnlyDictionary<string, decimal> ByCurrency,
    IReadOnlyList<string> Notes);

/// <summary>A team's or the organization's pipeline in figures.</summary>
/// <param name="TotalEstimatedValue">Of the properties in <paramref name="Currency"/>.</param>
/// <param name="Currency">The organization's, or the only one that the properties have.</param>
/// <param name="ByCurrency">The estimated value of the properties of each currency: they are never added.</param>
/// <param name="Notes">What the values leave out.</param>
/// <param name="AvgBirdDogScore">Mean over the properties that have a score; null without any.</param>
/// <param name="ConversionRate">closed_won / total_properties, 0 to 1, as the guide's 10 of 150 are 0.067; null without properties.</param>
/// <param name="AvgDaysInPipeline">Mean days from the day a property was added until it was closed, or until now where it is open; null
/// without properties.</param>
/// <param name="ByStage">Properties on each stage.</param>
/// <param name="TotalProperties">Properties on any stage, closed ones too.</param>
public sealed record PipelineStatsResponse(
    int TotalProperties, IReadOnlyDictionary<string, int> ByStage, decimal? AvgBirdDogScore, decimal TotalEstimatedValue,
    decimal? ConversionRate,
    decimal? AvgDaysInPipeline, PipelineMonthResponse ThisMonth, string Currency, IReadOnlyDictionary<string, decimal> ByCurrency,
    IReadOnlyList<string> Notes);

/// <summary>
/// What happened since the first of this month, in the organization's time zone; endings are read from the stage history.
/// </summary>
/// <param name="NewProperties">Properties that were added.</param>
/// <param name="ClosedWon">Properties that came to closed_won.</param>
/// <param name="ClosedLost">Properties that came to closed_lost.</param>
public sealed record PipelineMonthResponse(int NewProperties, int ClosedWon, int ClosedLost);

internal static class PortfolioFigures
{
    /// <summary>How many portfolios there are, and what is in them.</summary>
    public static async Task<PortfolioStatsResponse> OfPortfolios(
        DealsDb db, CurrentUser user, IPropertyReader properties, IOrganizationDirectory organizations, CancellationToken ct)
    {
        var visible = db.PortfoliosOf(user, DealsPermissions.ReadPortfolios).AsNoTracking();
        var portfolios = await visible.CountAsync(ct);
        var places = await db.PortfolioProperties.AsNoTracking().Where(p => visible.Any(v => v.Id == p.PortfolioId))
            .Select(p => p.PropertyId).ToListAsync(ct);
        var known = await properties.SummariesAsync([.. places.Distinct()], ct);
        var amounts = AmountsByCurrency.Of(known.Values.Select(h => (h.Currency, h.Current())),
            (await organizations.DefaultsAsync(ct)).Currency);
        var all = places.Where(p => known.GetValueOrDefault(p)?.Currency == amounts.Currency).Sum(p => known[p].Current() ?? 0);
        return new PortfolioStatsResponse(
            portfolios, known.Count, amounts.Total, portfolios == 0 ? null : Currencies.Round(all / portfolios, amounts.Currency),
            amounts.Currency, amounts.ByCurrency, amounts.Notes);
    }

    /// <summary>
    /// A team's or the organization's pipeline: of all properties, or of those added from <c>date_from</c> to <c>date_to</c>.
    /// </summary>
    public static async Task<PipelineStatsResponse> OfPipeline(
        [AsParameters] PipelineQuery query, IOrganizationDirectory organizations, IPropertyFigures figures, TimeProvider clock,
        CancellationToken ct)
    {
        var (team, first, last) = query.Read();
        await organizations.RequireAsync(team, null, ct);
        var defaults = await organizations.DefaultsAsync(ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(defaults.TimeZone);
        var today = TimeZoneInfo.ConvertTime(clock.Now(), zone);
        var found = await figures.PipelineAsync(
            team, first is { } from ? StartOf(from, zone) : null, last is { } to ? StartOf(to.AddDays(1), zone) : null,
            StartOf(new DateOnly(today.Year, today.Month, 1), zone), ct);
        var total = found.ByStage.Values.Sum();
        var amounts = AmountsByCurrency.Of(found.EstimatedByCurrency.Select(a => (a.Key, (decimal?)a.Value)), defaults.Currency);
        return new PipelineStatsResponse(
            total,
            Enum.GetValues<PropertyStage>().ToDictionary(Vocabulary.Word, stage => found.ByStage.GetValueOrDefault(stage)),
            found.AvgBirdDogScore is { } score ? decimal.Round((decimal)score, 4) : null,
            amounts.Total,
            total == 0 ? null : decimal.Round((decimal)found.ByStage.GetValueOrDefault(PropertyStage.ClosedWon) / total, 3),
            found.AvgDays is { } days ? decimal.Round((decimal)days, 1) : null,
            new PipelineMonthResponse(found.ThisMonth.NewProperties, found.ThisMonth.ClosedWon, found.ThisMonth.ClosedLost),
            amounts.Currency, amounts.ByCurrency, amounts.Notes);
    }

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
