using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Marketing.Compliance;

/// <summary>Reads what the rules ask about, for all advertisements at once, and applies the rules of their markets.</summary>
internal sealed class AdvertisingRules(MarketingDb db, AdSubjects subjects, IListings listings, IDealFigures deals,
    IOrganizationDirectory organizations, TimeProvider clock) : IAdvertisingRules
{
    public static readonly IReadOnlyList<Rule> All = [.. DubaiRules.All, .. UsRules.All];

    public async Task<IReadOnlyList<AdvertCheck>> CheckAsync(IReadOnlyList<AdvertToCheck> adverts, CancellationToken ct)
    {
        var properties = adverts.Select(a => a.PropertyId).OfType<PropertyId>().Distinct().ToArray();
        var found = await subjects.OfAsync(adverts.Select(a => (a.PropertyId, a.AgentId)), ct);
        var transfers = await deals.TransfersAsync(properties, ct);
        var reused = await ReusedAsync(found.Values, ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById((await organizations.DefaultsAsync(ct)).TimeZone);
        var today = LocalDay.Of(clock.GetUtcNow(), zone);
        return [.. adverts.Select(a => Check(new AdCase(
            found[(a.PropertyId, a.AgentId)], a.Channel, a.Occasion, a.Texts, today, a.PropertyId is { } id && reused.Contains(id),
            a.PropertyId is { } p && transfers.TryGetValue(p, out var at) ? at : null) { NotShown = a.NotShown }))];
    }

    internal static AdvertCheck Check(AdCase advert) => new(
    [
        .. from rule in All
           where rule.Market == advert.Subject.Market && rule.Since <= advert.Today
           from fault in rule.Check(advert)
           orderby fault.Severity ?? rule.Severity descending
           select new AdvertFinding(rule.Code, fault.Severity ?? rule.Severity, fault.Message, fault.Remedy, rule.Source, fault.Span),
    ]);

    /// <summary>Properties whose permit stands at another advertised property of the organization, too.</summary>
    private async Task<HashSet<PropertyId>> ReusedAsync(IEnumerable<AdSubject> found, CancellationToken ct)
    {
        var permits = found.Where(s => s.Listing?.PermitNumber is { Length: > 0 }).Select(s => s.Listing!).DistinctBy(l => l.Id).ToArray();
        if (permits.Length == 0) return [];
        var sharing = await listings.WithPermitsAsync([.. permits.Select(l => l.PermitNumber!).Distinct()], ct);
        var others = sharing.SelectMany(p => p).Select(p => (PropertyId?)p).Distinct().ToArray();
        var advertised = (await db.Campaigns.AsNoTracking().Where(c => c.LaunchedAt != null && others.Contains(c.PropertyId))
            .Select(c => c.PropertyId).Distinct().ToListAsync(ct)).ToHashSet();
        return [.. permits.Where(l => sharing[l.PermitNumber!].Any(other => other != l.Id && advertised.Contains(other)))
            .Select(l => l.Id)];
    }
}
