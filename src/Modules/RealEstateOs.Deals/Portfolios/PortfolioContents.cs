using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Portfolios;

/// <summary>
/// What is in portfolios, as far as the reader may see it, and what it is worth: two statements, however many portfolios.
/// </summary>
internal sealed class PortfolioContents(DealsDb db, IPropertyReader properties, IOrganizationDirectory organizations)
{
    public async Task<IReadOnlyList<PortfolioResponse>> CompleteAsync(IReadOnlyList<PortfolioResponse> portfolios, CancellationToken ct)
    {
        if (portfolios.Count == 0) return portfolios;
        var ids = portfolios.Select(p => p.Id).ToArray();
        var places = await db.PortfolioProperties.AsNoTracking().Where(p => ids.Contains(p.PortfolioId))
            .Select(p => new { p.PortfolioId, p.PropertyId }).ToListAsync(ct);
        var known = await properties.SummariesAsync([.. places.Select(p => p.PropertyId).Distinct()], ct);
        var contents = places.Where(p => known.ContainsKey(p.PropertyId)).ToLookup(p => p.PortfolioId, p => known[p.PropertyId]);
        var home = (await organizations.DefaultsAsync(ct)).Currency;
        return [.. portfolios.Select(p => Sum(p, [.. contents[p.Id]], home))];
    }

    public async Task<PortfolioDetailResponse> DetailAsync(Portfolio portfolio, CancellationToken ct)
    {
        var places = await PlacesAsync(portfolio.Id, ct);
        var known = await properties.SummariesAsync([.. places.Select(p => p.PropertyId)], ct);
        var present = places.Where(p => known.ContainsKey(p.PropertyId)).Select(p => (Place: p, Home: known[p.PropertyId])).ToList();
        return new PortfolioDetailResponse(Sum(PortfolioResponse.Of(portfolio), present.ConvertAll(p => p.Home),
            (await organizations.DefaultsAsync(ct)).Currency))
        {
            Properties = present.ConvertAll(p => new PortfolioPropertyResponse(
                p.Home.Id, p.Home.Address, p.Home.City, p.Home.Status, p.Home.Stage, p.Home.Price, p.Home.EstimatedValue, p.Home.Currency,
                p.Place.BookValue, p.Place.AddedAt)),
        };
    }

    public Task<List<PortfolioProperty>> PlacesAsync(PortfolioId portfolio, CancellationToken ct) =>
        db.PortfolioProperties.Where(p => p.PortfolioId == portfolio).OrderBy(p => p.Id).ToListAsync(ct);

    /// <summary>
    /// Adds properties that the user sees at their current value as book value; what is in the portfolio already stays as it was added.
    /// </summary>
    public async Task AddAsync(PortfolioId portfolio, IReadOnlyCollection<PropertyId> wanted, string member, CancellationToken ct)
    {
        var present = (await PlacesAsync(portfolio, ct)).Select(p => p.PropertyId).ToHashSet();
        var added = wanted.Distinct().Where(id => !present.Contains(id)).ToArray();
        await properties.RequireAsync(added, ct, member);
        Add(portfolio, (await properties.SummariesAsync(added, ct)).Values);
    }

    public void Add(PortfolioId portfolio, IEnumerable<PropertySummary> homes) => db.AddRange(homes.Select(home => new PortfolioProperty
    {
        PortfolioId = portfolio, PropertyId = home.Id, BookValue = home.Current(), AddedBy = db.Work.Tenant.User,
        AddedAt = db.Work.Clock.Now(),
    }));

    /// <summary>Makes these the contents; what the user doesn't see stays.</summary>
    public async Task ReplaceAsync(PortfolioId portfolio, IReadOnlyCollection<PropertyId> wanted, string member, CancellationToken ct)
    {
        await AddAsync(portfolio, wanted, member, ct);
        var others = (await PlacesAsync(portfolio, ct)).FindAll(p => !wanted.Contains(p.PropertyId));
        var seen = await properties.SummariesAsync([.. others.Select(p => p.PropertyId)], ct);
        db.RemoveRange(others.Where(p => seen.ContainsKey(p.PropertyId)));
    }

    private static PortfolioResponse Sum(PortfolioResponse portfolio, IReadOnlyList<PropertySummary> homes, string home)
    {
        var amounts = AmountsByCurrency.Of(homes.Select(h => (h.Currency, h.Current())), home);
        return portfolio with { PropertyCount = homes.Count, TotalValue = amounts.Total, Currency = amounts.Currency,
            ByCurrency = amounts.ByCurrency };
    }
}
