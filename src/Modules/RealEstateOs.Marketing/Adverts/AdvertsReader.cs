using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Adverts;

/// <summary>Adverts for other modules, from the <see cref="AdSubject"/> of each property.</summary>
internal sealed class AdvertsReader(MarketingDb db, AdSubjects subjects) : IAdverts
{
    public async Task<IReadOnlyList<PropertyId>> MeantForAsync(Portal portal, CancellationToken ct)
    {
        var word = Vocabulary.Word(portal);
        return await db.Adverts.Where(a => a.Portals.Contains(word)).OrderBy(a => a.PropertyId).Select(a => a.PropertyId).ToListAsync(ct);
    }

    public async Task<IReadOnlyDictionary<PropertyId, AdvertisedListing>> OfAsync(IReadOnlyCollection<PropertyId> properties,
        CancellationToken ct) =>
            (await subjects.OfAsync(properties.Select(p => ((PropertyId?)p, (Contracts.Auth.UserId?)null)), ct))
                .ToDictionary(s => s.Key.Item1!.Value, s => Of(s.Value));

    private static AdvertisedListing Of(AdSubject subject) => new()
    {
        Listing = subject.Listing, Advert = subject.Advert is { } advert ? Of(advert) : null,
        IsDubai = subject.Market == TemplateMarket.Dubai, OfficeCurrency = subject.Office.Currency,
        LicenceNumber = subject.Settings.LicenceNumber, Agent = subject.Agent, Brn = subject.Profile?.Brn,
        PropertyFinderProfileId = subject.Profile?.PropertyFinderProfileId,
        Amenities = subject.Listing is not { } listing ? [] : [.. listing.Amenities.Concat(listing.Features)
            .Select(a => Amenities.Name(a, arabic: false)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
    };

    private static AdvertDetails Of(Advert a) => new()
    {
        Title = a.Title, TitleAr = a.TitleAr, Description = a.Description, DescriptionAr = a.DescriptionAr, Furnishing = a.Furnishing,
        PermitType = a.PermitType, PermitUrl = a.PermitUrl, PermitExemption = a.PermitExemption, Portals = a.Portals,
        PropertyFinderLocationId = a.PropertyFinderLocationId, DownPayment = a.DownPayment, UpdatedAt = a.UpdatedAt,
    };
}
