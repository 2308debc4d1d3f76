using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.Engine;

namespace RealEstateOs.Cma.Insights;

/// <summary>Answers other modules what the signed-in user may see.</summary>
internal sealed class MarketReader(MarketHouse house, IPropertyReader properties, OwnSales own, CurrentUser user) : IMarketReader
{
    public async Task<HomeValue?> ValueAsync(PropertyId property, CancellationToken ct)
    {
        if (!user.May(CmaPermissions.Read)) return null;
        try
        {
            if (await Homes.FindAsync(properties, property, ct) is not { } home) return null;
            var market = await house.GetAsync(null, ct);
            var (subject, query) = (SubjectReader.Read(market, home), new ComparableQuery { Count = QuickValuation.Comparables });
            var answer = market.Engine.Value(subject, query with { OwnSales = await own.OfAsync(market, query.TimeFrameMonths, ct) });
            if (answer is PlaceNotCovered missing) throw SubjectReader.NotCovered(missing, "property_id", market);
            var value = (HomeValuation)answer;
            return new HomeValue(
                value.Estimate, value.RangeLow, value.RangeHigh, value.Currency, value.Comparables.Count, ComparableSales.MedianOf(value),
                value.DataUntil, market.Label);
        }
        catch (Problem refusal)
        {
            return HomeValue.None($"It can't be valued: {(refusal.Errors is [var first, ..] ? first.Message : refusal.Message)}.");
        }
    }

    public async Task<PlaceFigures?> PlaceAsync(string place, CancellationToken ct)
    {
        if (!user.May(CmaPermissions.Read)) return null;
        try
        {
            var figures = MarketFigures.Snapshot(await house.GetAsync(null, ct), place, (PropertyType?)null, 12);
            return new PlaceFigures(
                figures.Location!, figures.Sales, figures.MedianPrice, figures.MedianPricePerSqft, figures.Currency,
                Vocabulary.Word(figures.MarketStatus),
                figures.DataUntil, figures.MarketData);
        }
        catch (Problem)
        {
            return null;
        }
    }
}
