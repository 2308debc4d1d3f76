using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Adverts;

/// <example>{"purpose": "sale", "title": "Two bedrooms above the marina", "permit_type": "rera",
/// "permit_url": "https://trakheesi.example.com/validate/7115876095", "permit_price": 2450000, "authority": "form_a",
/// "authority_signed_on": "2026-10-01", "authority_expires_on": "2026-12-31"}</example>
public sealed record AdvertRequest : PartialBody, IRequestBody<AdvertRequest>
{
    /// <summary>What the property is offered for: it changes the property.</summary>
    public ListingPurpose? Purpose { get; init; }
    /// <summary>For a rent: what the property's price is for; it changes the property, too.</summary>
    public RentPeriod? RentPeriod { get; init; }
    /// <summary>Headline in English, up to 120 letters; made of the property where it is left out.</summary>
    [MaxLength(120)] public string? Title { get; init; }
    /// <summary>The same in Arabic.</summary>
    [MaxLength(120)] public string? TitleAr { get; init; }
    /// <summary>Text in English, up to 4,000 letters; the property's where it is left out.</summary>
    [MaxLength(4000)] public string? Description { get; init; }
    /// <summary>The same in Arabic.</summary>
    [MaxLength(4000)] public string? DescriptionAr { get; init; }
    public Furnishing? Furnishing { get; init; }
    /// <summary>Default <c>rera</c>. Number and end of the permit stand at the property.</summary>
    public PermitType? PermitType { get; init; }
    /// <summary>The first day on which the permit holds; its last is at the property.</summary>
    public DateOnly? PermitStartsOn { get; init; }
    /// <summary>The validation address that came with the permit: what its QR code opens.</summary>
    [MaxLength(500)] public string? PermitUrl { get; init; }
    /// <summary>The facts that the permit was given for.</summary>
    public decimal? PermitPrice { get; init; }
    /// <summary>Floor area that the permit names.</summary>
    public decimal? PermitSquareFeet { get; init; }
    /// <summary>What the permit names.</summary>
    public PropertyType? PermitPropertyType { get; init; }
    /// <summary>How many the permit names.</summary>
    public int? PermitBedrooms { get; init; }
    /// <summary>Free zones whose listings need no permit.</summary>
    public PermitExemption? PermitExemption { get; init; }
    /// <summary>The owner's paper: <c>form_a</c> for a sale, <c>landlord_noc</c> for a rent, <c>developer_noc</c> for off-plan.</summary>
    public OwnerAuthority? Authority { get; init; }
    /// <summary>When the owner signed.</summary>
    public DateOnly? AuthoritySignedOn { get; init; }
    /// <summary>The last day on which the owner's paper holds.</summary>
    public DateOnly? AuthorityExpiresOn { get; init; }
    /// <summary>
    /// Where the listing is to appear: <c>property_finder</c>, <c>bayut</c>, <c>dubizzle</c>, <c>website</c>. It does where the rules and
    /// the portal take it.
    /// </summary>
    public Portal[]? Portals { get; init; }
    /// <summary>Property Finder's id of the place, for its API: <c>GET /marketing/portals/property_finder/locations</c>.</summary>
    public long? PropertyFinderLocationId { get; init; }
    /// <summary>For a sale, in the property's currency; 0 for none. Property Finder's API asks for it.</summary>
    public decimal? DownPayment { get; init; }

    internal void ApplyTo(Advert a)
    {
        a.Title = Given(Title, a.Title);
        a.TitleAr = Given(TitleAr, a.TitleAr);
        a.Description = Given(Description, a.Description);
        a.DescriptionAr = Given(DescriptionAr, a.DescriptionAr);
        a.Furnishing = Given(Furnishing, a.Furnishing);
        a.PermitType = PermitType ?? a.PermitType;
        a.PermitStartsOn = Given(PermitStartsOn, a.PermitStartsOn);
        a.PermitUrl = Given(PermitUrl, a.PermitUrl);
        a.PermitPrice = Given(PermitPrice, a.PermitPrice);
        a.PermitSquareFeet = Given(PermitSquareFeet, a.PermitSquareFeet);
        a.PermitPropertyType = Given(PermitPropertyType, a.PermitPropertyType);
        a.PermitBedrooms = Given(PermitBedrooms, a.PermitBedrooms);
        a.PermitExemption = Given(PermitExemption, a.PermitExemption);
        a.Authority = Given(Authority, a.Authority);
        a.AuthoritySignedOn = Given(AuthoritySignedOn, a.AuthoritySignedOn);
        a.AuthorityExpiresOn = Given(AuthorityExpiresOn, a.AuthorityExpiresOn);
        a.PropertyFinderLocationId = Given(PropertyFinderLocationId, a.PropertyFinderLocationId);
        a.DownPayment = Given(DownPayment, a.DownPayment);
        if (Has(nameof(Portals))) a.Portals = [.. (Portals ?? []).Distinct().Select(Vocabulary.Word)];
    }
}

internal sealed class AdvertValidator : AbstractValidator<AdvertRequest>
{
    public AdvertValidator()
    {
        RuleFor(a => a.PermitUrl).Must(u => u is null || Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme == "https")
            .WithMessage("must be an absolute https address");
        RuleFor(a => a.RentPeriod).Null().When(a => a.Purpose == ListingPurpose.Sale).WithMessage("is of rents only");
        RuleFor(a => a.PermitPrice).GreaterThan(0);
        RuleFor(a => a.PermitSquareFeet).GreaterThan(0);
        RuleFor(a => a.PropertyFinderLocationId).GreaterThan(0);
        RuleFor(a => a.DownPayment).InclusiveBetween(0, int.MaxValue);
        RuleFor(a => a.PermitBedrooms).InclusiveBetween(0, 100);
        RuleFor(a => a.AuthorityExpiresOn).GreaterThanOrEqualTo(a => a.AuthoritySignedOn).When(
            a => a.AuthoritySignedOn is not null && a.AuthorityExpiresOn is not null).WithMessage("must not be before authority_signed_on");
    }
}

/// <summary>What an advertisement of a property needs beside the property.</summary>
/// <param name="PropertyId">Id of the property, such as prop_12.</param>
/// <inheritdoc cref="AdvertRequest"/>
/// <param name="PermitNumber">The property's.</param>
/// <param name="PermitExpiresOn">The property's.</param>
public sealed record AdvertResponse(
    string PropertyId, string? PermitNumber, DateOnly? PermitExpiresOn, ListingPurpose Purpose, RentPeriod? RentPeriod, string? Title,
    string? TitleAr, string? Description, string? DescriptionAr,
    Furnishing? Furnishing, PermitType PermitType, DateOnly? PermitStartsOn, string? PermitUrl, decimal? PermitPrice,
    decimal? PermitSquareFeet, PropertyType? PermitPropertyType, int? PermitBedrooms,
    PermitExemption? PermitExemption, OwnerAuthority? Authority, DateOnly? AuthoritySignedOn, DateOnly? AuthorityExpiresOn,
    IReadOnlyList<string> Portals, long? PropertyFinderLocationId, decimal? DownPayment);

internal static class AdvertEndpoints
{
    /// <summary>The advertising details of a property; before any were entered, the defaults.</summary>
    public static async Task<Results<Ok<AdvertResponse>, NotFound>> Get(PropertyId propertyId, MarketingDb db, IListings listings,
        IPropertyReader properties, CancellationToken ct)
    {
        if (!(await properties.SummariesAsync([propertyId], ct)).ContainsKey(propertyId)) return TypedResults.NotFound();
        if ((await listings.SnapshotsAsync([propertyId], ct)).GetValueOrDefault(propertyId) is not { } listing)
            return TypedResults.NotFound();
        return TypedResults.Ok(Of(await db.Adverts.AsNoTracking().FirstOrDefaultAsync(a => a.PropertyId == propertyId, ct)
            ?? new Advert { PropertyId = propertyId }, listing));
    }

    /// <summary>
    /// Enters or changes the members that are present. <c>purpose</c> and <c>rent_period</c> are the property's: they take
    /// <c>properties:update</c> where they change it.
    /// </summary>
    public static async Task<Results<Ok<AdvertResponse>, NotFound>> Put(PropertyId propertyId, AdvertRequest request, MarketingDb db,
        IListings listings, IPropertyReader properties, IPropertyCommands commands, IEnumerable<IAdvertFollower> followers,
        CancellationToken ct)
    {
        if ((await properties.SummariesAsync([propertyId], ct)).GetValueOrDefault(propertyId) is not { } property)
            return TypedResults.NotFound();
        var purpose = request.Purpose ?? (request.RentPeriod is null ? property.Purpose : ListingPurpose.Rent);
        var period = request.Given(request.RentPeriod, property.RentPeriod);
        if (purpose != property.Purpose || (purpose == ListingPurpose.Rent && period != property.RentPeriod))
            await commands.OfferAsync(propertyId, purpose, period, ct);
        if ((await listings.SnapshotsAsync([propertyId], ct)).GetValueOrDefault(propertyId) is not { } listing)
            return TypedResults.NotFound();
        var advert = await db.Adverts.FirstOrDefaultAsync(a => a.PropertyId == propertyId, ct);
        if (advert is null) db.Add(advert = new Advert { PropertyId = propertyId });
        request.ApplyTo(advert);
        await db.SaveChangesAsync(ct);
        foreach (var follower in followers) await follower.FollowAsync(propertyId, ct);
        return TypedResults.Ok(Of(advert, listing));
    }

    private static AdvertResponse Of(Advert a, ListingSnapshot listing) => new(
        a.PropertyId.Reference(), listing.PermitNumber, listing.PermitExpiresOn, listing.Purpose, listing.RentPeriod, a.Title, a.TitleAr,
        a.Description, a.DescriptionAr, a.Furnishing, a.PermitType, a.PermitStartsOn,
        a.PermitUrl, a.PermitPrice, a.PermitSquareFeet, a.PermitPropertyType, a.PermitBedrooms, a.PermitExemption, a.Authority,
        a.AuthoritySignedOn, a.AuthorityExpiresOn, a.Portals, a.PropertyFinderLocationId, a.DownPayment);
}
