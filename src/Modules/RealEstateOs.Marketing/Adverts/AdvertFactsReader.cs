using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Adverts;

/// <summary>The facts and names of <see cref="AdSubject"/>, for other modules.</summary>
internal sealed class AdvertFactsReader(MarketingDb db, AdSubjects subjects) : IAdvertFacts
{
    public async Task<IReadOnlyDictionary<PropertyId, AdvertFacts>> OfAsync(IReadOnlyCollection<PropertyId> properties,
        CancellationToken ct)
    {
        if (properties.Count == 0) return new Dictionary<PropertyId, AdvertFacts>();
        var found = await subjects.OfAsync(properties.Select(p => ((PropertyId?)p, (Contracts.Auth.UserId?)null)), ct);
        var wanted = properties.Select(p => (PropertyId?)p).ToArray();
        var pages = (await db.LandingPages.AsNoTracking().Where(p => wanted.Contains(p.PropertyId) && p.IsPublished).OrderBy(p => p.Id)
            .ToListAsync(ct)).ToLookup(p => p.PropertyId!.Value);
        return found.Values.Where(s => s.Listing is not null).ToDictionary(s => s.Listing!.Id,
            s => Of(s, pages[s.Listing!.Id].LastOrDefault()?.Path));
    }

    private static AdvertFacts Of(AdSubject subject, string? landing)
    {
        return new AdvertFacts
        {
            Listing = subject.Listing!, IsDubai = subject.Market == TemplateMarket.Dubai, IsRent = subject.Listing!.IsRent,
            RentPeriod = subject.Listing.RentPeriod is { } period ? Vocabulary.Word(period) : null,
            IsPermitExempt = subject.Advert?.PermitExemption is not null,
            Orn = subject.Brand.Orn, Brn = subject.Profile?.Brn, Agent = subject.Agent?.FullName, LandingPath = landing,
            English = Words(subject, false), Arabic = Words(subject, true),
        };
    }

    private static AdvertWords Words(AdSubject subject, bool arabic)
    {
        var listing = subject.Listing!;
        return new AdvertWords(
            arabic ? subject.Settings.NameAr ?? subject.Brand.Name : subject.Brand.Name, PlaceNames.Name(listing.City, arabic),
            Named(listing.Community), Named(listing.Building),
            [.. listing.Features.Concat(listing.Amenities).Select(f => Amenities.InSentence(f, arabic)).OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase)]);

        string? Named(string? place) => string.IsNullOrWhiteSpace(place) ? null : PlaceNames.Name(place.Trim(), arabic);
    }
}
