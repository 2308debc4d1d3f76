using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Marketing.LandingPages;

/// <summary>Tells other modules where a property is shown to the public.</summary>
internal sealed class LandingPageAddresses(MarketingDb db, PublicAddress address) : ILandingPages
{
    public async Task<IReadOnlyDictionary<PropertyId, string>> AddressesAsync(IReadOnlyCollection<PropertyId> properties,
        CancellationToken ct)
    {
        var wanted = properties.Distinct().Select(p => (PropertyId?)p).ToArray();
        if (wanted.Length == 0) return new Dictionary<PropertyId, string>();
        var pages = await db.LandingPages.AsNoTracking().Where(p => p.IsPublished && wanted.Contains(p.PropertyId))
            .OrderByDescending(p => p.PublishedAt).Select(p => new { Property = p.PropertyId!.Value, p.Token }).ToListAsync(ct);
        return pages.DistinctBy(p => p.Property).ToDictionary(p => p.Property, p => address.Of($"/p/{p.Token}"));
    }
}
