using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.Estimates;

/// <summary>
/// The organization's own closed sales, as far as the reader may see them, as further comparables. They never leave it: the market and its
/// model don't learn from them.
/// </summary>
internal sealed class OwnSales(IDealReader deals, IPropertyReader properties, TimeProvider clock)
{
    private const string Prefix = "deal_";

    /// <summary>Is the comparable one of the office's own deals?</summary>
    public static bool IsOne(ComparableResponse comparable) => comparable.TransactionNumber.StartsWith(Prefix, StringComparison.Ordinal);

    // The latest that many are looked at, however many an office has closed.
    private const int Latest = 500;

    public async Task<IReadOnlyList<Sale>> OfAsync(LoadedMarket market, int months, CancellationToken ct)
    {
        var now = clock.Now();
        var won = await deals.SoldSinceAsync(now.AddMonths(-Math.Clamp(months, 1, 240)), market.Currency, Latest, ct);
        if (won.Count == 0) return [];
        var homes = await properties.SummariesAsync([.. won.Select(d => d.PropertyId).Distinct()], ct);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return [.. won.Where(d => homes.ContainsKey(d.PropertyId)).Select(d => Of(market, d, homes[d.PropertyId], today)).OfType<Sale>()];
    }

    private static Sale? Of(LoadedMarket market, DealSummary deal, PropertySummary property, DateOnly today)
    {
        if (property.SquareFeet is not > 0) return null;
        var subject = SubjectReader.Read(market, Homes.Of(property));
        if (subject.Area is null) return null;
        var sale = new Sale
        {
            TransactionNumber = $"{Prefix}{deal.Id.Value}", Market = market.Code, Currency = deal.Currency,
            Date = DateOnly.FromDateTime(deal.ClosedAt!.Value.UtcDateTime),
            Area = AreaNames.Default.Canonical(subject.Area), Project = subject.Project, Kind = subject.Kind, Bedrooms = subject.Bedrooms,
            OffPlan = subject.OffPlan,
            Price = deal.Value, SizeSqm = subject.SizeSqm, Latitude = subject.Latitude, Longitude = subject.Longitude,
        };
        var rules = market.Code == "dubai" ? ArmsLengthRules.Dubai : ArmsLengthRules.Generic;
        return sale with { SetAside = rules.Judge(null, null, null, sale, today) };
    }
}
