using System.Globalization;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Marketing.Adverts;

namespace RealEstateOs.Marketing.Compliance;

/// <summary>Dubai: no advertisement without a valid permit that says the same.</summary>
internal static class DubaiRules
{
    private const string Permits = "Dubai Land Department (RERA): Trakheesi advertising permits, circular of October 2020";
    private static readonly DateOnly Trakheesi = new(2020, 10, 1), Madmoun = new(2023, 4, 24), Fakes = new(2023, 10, 1),
        Advertisers = new(2026, 2, 1), Registers = new(2006, 1, 1);

    public static readonly IReadOnlyList<Rule> All =
    [
        Make("permit_missing", FindingSeverity.Block, Trakheesi, "Permit",
            "Every advertisement of a property, on every channel, shows the number of its Trakheesi permit.", Permits, Missing),
        Make("permit_invalid", FindingSeverity.Block, Trakheesi, "Permit is valid today",
            "The date printed on the permit decides; the law names no fixed term.", Permits, Valid),
        Make("permit_qr", FindingSeverity.Block, Madmoun, "Permit's QR code",
            "Advertisements show the QR code that opens the land department's page about the permit.",
            "Dubai Land Department: Madmoun QR codes since 24 April 2023", Code),
        Make("permit_mismatch", FindingSeverity.Block, Trakheesi, "Facts equal the permit's",
            "Price, area, kind and bedrooms are those that the permit was given for.", Permits, Mismatch),
        Make("permit_reused", FindingSeverity.Block, Trakheesi, "One permit, one property",
            "A permit is bound to one unit of one office; off-plan projects and DIFC are excepted.", Permits, Reused),
        Make("orn_missing", FindingSeverity.Block, Registers, "Office's registration number",
            "The office's ORN stands on its advertisements.", "RERA: registration numbers on advertisements (By-law 85 of 2006)",
            c => c.Subject.Brand.Orn is { Length: > 0 } ? [] :
                [new Fault("The office's registration number (ORN) is not known.", "Enter orn in the organization's settings.")]),
        Make("brn", FindingSeverity.Block, Registers, "Broker's registration number",
            "The broker's BRN stands on the advertisement, and the card is valid.",
            "RERA: registration numbers on advertisements (By-law 85 of 2006)", Broker),
        Make("owner_authority", FindingSeverity.Block, Trakheesi, "Owner's authority on file",
            "Form A for a sale, the landlord's NOC for a rent, the developer's NOC for off-plan: signed, and not expired.",
            Permits, Authority),
        Make("details_not_shown", FindingSeverity.Block, Trakheesi, "The design shows what must be shown",
            "Permit number, its QR code, ORN and BRN have a place in the template.", Permits, ShownDetails.Check),
        Make("guaranteed_return", FindingSeverity.Block, Registers, "No guaranteed return",
            "Returns, yields and rising prices must not be promised.",
            "Federal Law 15 of 2020 on consumer protection, misleading advertising", c => Wording.Find(c.Texts, Wording.GuaranteedReturns)),
        Make("just_sold", FindingSeverity.Block, Fakes, "Just sold after the transfer only",
            "A sale is announced when the title has passed.", "RERA order on fake listings, October 2023", c =>
                c.Occasion == MarketingCampaignType.JustSold && c.TransferredAt is null
                    ? [new Fault("No closed sale of this property is known.", "Close its deal first, or advertise it as something else.")]
                    : []),
        Make("not_available", FindingSeverity.Block, Fakes, "Only what can be had",
            "What is sold or rented must not be advertised as available.", "RERA order on fake listings, October 2023", c =>
                c.Occasion != MarketingCampaignType.JustSold
                    && c.Listing?.Status is PropertyStatus.Sold or PropertyStatus.Rented or PropertyStatus.OffMarket
                    ? [new Fault("The property is not available any more.", "End the campaign, or set the property's status right.")] : []),
        Make("discrimination", FindingSeverity.Warn, new(2023, 10, 29), "No exclusion of people",
            "Nationality, religion and family are nobody's business in an advertisement.",
            "Federal Decree-Law 34 of 2023 on combating discrimination", c => Wording.Find(c.Texts, Wording.ExclusionsUae)),
        Make("advertiser_permit", FindingSeverity.Warn, Advertisers, "Advertiser permit for social networks",
            "Whoever promotes on personal accounts needs a permit of the Media Council.",
            "UAE Media Council: advertiser permit since 1 February 2026", c =>
                c.Channel == MarketingChannel.Social
                    && (c.Subject.Profile?.AdvertiserPermit is null || c.Subject.Profile.AdvertiserPermitExpiresOn < c.Today)
                    ? [new Fault("The agent has no valid advertiser permit on file.",
                        "Publish from the office's account, or enter the agent's advertiser_permit.")] : []),
    ];

    private static IEnumerable<Fault> Missing(AdCase c) =>
        c.IsExempt || c.Listing is null || c.Listing.PermitNumber is { Length: > 0 } ? [] :
            [new Fault("The property has no permit number.", "Apply for the permit and enter permit_number at the property.")];

    private static IEnumerable<Fault> Valid(AdCase c)
    {
        if (c.IsExempt || c.Listing?.PermitNumber is not { Length: > 0 } number) yield break;
        if (c.Listing.PermitExpiresOn is not { } ends)
            yield return new("It is not known until when the permit is valid.", "Enter permit_expires_on at the property.", number);
        else if (ends < c.Today)
            yield return new(Text($"The permit expired on {ends:yyyy-MM-dd}."), "Renew the permit and enter its new end.", number);
        if (c.Advert?.PermitStartsOn is { } starts && starts > c.Today)
            yield return new(Text($"The permit is valid from {starts:yyyy-MM-dd} only."), "Wait until then.", number);
    }

    private static IEnumerable<Fault> Code(AdCase c) =>
        c.IsExempt || c.Listing?.PermitNumber is not { Length: > 0 } || c.Advert?.PermitUrl is not null ? [] :
            [new Fault("The address that the permit's QR code opens is not known.",
                "Enter permit_url at the advert: the validation address that came with the permit.")];

    private static IEnumerable<Fault> Mismatch(AdCase c)
    {
        if (c.IsExempt || c.Listing is not { PermitNumber.Length: > 0 } listing || c.Advert is not { } permit) yield break;
        if (permit.PermitPrice is { } price && listing.Price is { } asked && price != asked)
            yield return Differs("price", AdWriter.Money(asked, listing.Currency, false), AdWriter.Money(price, listing.Currency, false));
        if (permit.PermitSquareFeet is { } area && listing.SquareFeet is { } size && Math.Abs(area - size) > size * 0.01m)
            yield return Differs("area", Text($"{size:#,0} sq ft"), Text($"{area:#,0} sq ft"));
        if (permit.PermitPropertyType is { } type && listing.PropertyType is { } kind && type != kind)
            yield return Differs("kind", kind.ToString(), type.ToString());
        if (permit.PermitBedrooms is { } beds && listing.Bedrooms is { } rooms && beds != rooms)
            yield return Differs("bedrooms", Text($"{rooms}"), Text($"{beds}"));
    }

    private static Fault Differs(string what, string here, string there) =>
        new($"The {what} is {here}; the permit was given for {there}.", $"Set the {what} as the permit says, or have the permit changed.");

    private static IEnumerable<Fault> Reused(AdCase c) =>
        c.PermitUsedElsewhere && !c.IsOffPlan && c.Advert?.PermitExemption != PermitExemption.Difc
            ? [new Fault("Another property is advertised under the same permit.", "Apply for a permit of this unit.",
                c.Listing?.PermitNumber)] : [];

    private static IEnumerable<Fault> Broker(AdCase c)
    {
        if (c.Subject.Profile?.Brn is not { Length: > 0 } brn)
            yield return new("The agent's registration number (BRN) is not known.", "Enter brn at the agent's profile.");
        else if (c.Subject.Profile.BrnExpiresOn < c.Today)
            yield return new("The agent's broker card has expired.", "Renew the card and enter brn_expires_on.", brn);
    }

    private static IEnumerable<Fault> Authority(AdCase c)
    {
        if (c.Listing is null) yield break;
        var wanted = c.IsOffPlan ? OwnerAuthority.DeveloperNoc
            : c.Listing.IsRent ? OwnerAuthority.LandlordNoc : OwnerAuthority.FormA;
        var name = wanted switch { OwnerAuthority.FormA => "Form A", OwnerAuthority.LandlordNoc => "the landlord's NOC", _ =>
            "the developer's NOC" };
        if (c.Advert?.Authority != wanted || c.Advert.AuthoritySignedOn is null)
            yield return new($"There is no {name.Replace("the ", "", StringComparison.Ordinal)} on file.",
                $"Have {name} signed; enter authority and authority_signed_on at the advert.");
        else if (c.Advert.AuthorityExpiresOn < c.Today)
            yield return new($"{char.ToUpperInvariant(name[0])}{name[1..]} has expired.",
                "Have it renewed and enter authority_expires_on.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Rule Make(string code, FindingSeverity severity, DateOnly since, string title, string explanation, string source,
        Func<AdCase, IEnumerable<Fault>> check) =>
            new($"dubai.{code}", TemplateMarket.Dubai, severity, since, 1, title, explanation, source, check);
}
