using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Marketing.Adverts;

/// <summary>Everything that an advertisement may speak of, read once for all assets of a campaign.</summary>
internal sealed record AdSubject(
    ListingSnapshot? Listing, Advert? Advert, OrganizationBrand Brand, OrganizationDefaults Office, MarketingSettings Settings,
    Person? Agent, AgentProfile? Profile)
{
    /// <summary>Whose rules and designs apply.</summary>
    public TemplateMarket Market => MarketOf(Listing?.Country ?? Office.Country, Listing?.Currency ?? Office.Currency);

    public static TemplateMarket MarketOf(string? country, string currency) => country?.Trim().ToUpperInvariant() switch
    {
        "AE" or "UAE" or "UNITED ARAB EMIRATES" => TemplateMarket.Dubai,
        "US" or "USA" or "UNITED STATES" => TemplateMarket.Us,
        _ => currency == "AED" ? TemplateMarket.Dubai : TemplateMarket.Us,
    };
}

/// <summary>Collects the subjects of advertisements, for many at once.</summary>
internal sealed class AdSubjects(MarketingDb db, IListings listings, IOrganizationDirectory organizations)
{
    public async Task<AdSubject> OfAsync(MarketingCampaign campaign, CancellationToken ct) =>
        (await OfAsync([(campaign.PropertyId, null)], ct, campaign.CreatedBy)).Values.First();

    /// <summary>By property and agent; without an agent the property's own, else <paramref name="author"/>.</summary>
    public async Task<IReadOnlyDictionary<(PropertyId?, UserId?), AdSubject>> OfAsync(
        IEnumerable<(PropertyId? Property, UserId? Agent)> wanted, CancellationToken ct, UserId? author = null)
    {
        var pairs = wanted.Distinct().ToArray();
        var properties = pairs.Select(p => p.Property).OfType<PropertyId>().Distinct().ToArray();
        var found = await listings.SnapshotsAsync(properties, ct);
        var adverts = await db.Adverts.AsNoTracking().Where(a => properties.Contains(a.PropertyId)).ToDictionaryAsync(
            a => a.PropertyId, ct);
        var users = pairs.Select(p => AgentOf(p)).OfType<UserId>().Distinct().ToArray();
        var people = await organizations.PeopleAsync(users, ct);
        var profiles = await db.Agents.AsNoTracking().Where(a => users.Contains(a.UserId)).ToDictionaryAsync(a => a.UserId, ct);
        var settings = await db.Settings.AsNoTracking().FirstOrDefaultAsync(ct) ?? new MarketingSettings();
        var (brand, office) = (await organizations.BrandAsync(ct), await organizations.DefaultsAsync(ct));
        return pairs.ToDictionary(p => (p.Property, p.Agent), p => new AdSubject(
            Of(found, p.Property), Of(adverts, p.Property), brand, office, settings, Of(people, AgentOf(p)), Of(profiles, AgentOf(p))));

        UserId? AgentOf((PropertyId? Property, UserId? Agent) pair) =>
        pair.Agent ?? Of(found, pair.Property)?.AssignedUserId ?? author ?? Of(found, pair.Property)?.CreatedBy;
    }

    private static TValue? Of<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> known, TKey? key) where TKey : struct where TValue : class =>
        key is { } id ? known.GetValueOrDefault(id) : null;
}
