using System.Globalization;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Adverts;

/// <summary>Writes what an advertisement says, from what is known and nothing else.</summary>
internal static partial class AdWriter
{
    private const int LongestStory = 640;

    public static AdContent Write(AdSubject subject, MarketingCampaign campaign, AdLanguage language, string? link)
    {
        var (texts, wishes) = (AdTexts.Of(language), campaign.Wishes);
        var arabic = language == AdLanguage.Ar;
        var listing = subject.Listing;
        return new AdContent
        {
            Language = language,
            Badge = BadgeOf(campaign, texts),
            Headline = Plain((arabic ? wishes.HeadlineAr ?? subject.Advert?.TitleAr : wishes.Headline ?? subject.Advert?.Title)
                ?? Headline(subject, campaign, texts)),
            Place = listing is null ? Organization(subject, arabic) : PlaceLine.Of(listing, arabic),
            Type = TypeName(listing?.PropertyType, texts),
            Price = Price(subject, wishes, texts, arabic),
            Facts = Facts(listing, texts),
            Highlights = listing is null ? []
                : [.. listing.Features.Concat(listing.Amenities).Select(f => Amenities.Name(f, arabic)).OfType<string>()
                    .Distinct(StringComparer.OrdinalIgnoreCase).Take(12)],
            Paragraphs = Paragraphs(Story(subject, campaign, wishes, texts, arabic)),
            Event = EventLine(wishes, subject, arabic),
            CallToAction = Plain((arabic ? wishes.CallToActionAr : wishes.CallToAction) ?? texts["view_home"]),
            Link = link,
            Office = new AdOffice(Organization(subject, arabic), null, subject.Brand.Orn, subject.Brand.Address, null, null, null),
            Agent = Agent(subject, arabic),
            Permit = Permit(subject, texts, link),
            Notices = Notices(subject, texts),
        };
    }

    /// <summary>Amount and currency as the market writes them.</summary>
    public static string Money(decimal amount, string currency, bool arabic)
    {
        var digits = amount.ToString(decimal.Truncate(amount) == amount ? "#,0" : "#,0.00", CultureInfo.InvariantCulture);
        return (currency, arabic) switch
        {
            ("AED", true) => $"{digits} درهم",
            ("USD", _) => $"${digits}",
            _ => $"{currency} {digits}",
        };
    }

    private static string? BadgeOf(MarketingCampaign campaign, AdTexts texts) => campaign.CampaignType switch
    {
        MarketingCampaignType.NewListing or MarketingCampaignType.OpenHouse or MarketingCampaignType.JustSold
            or MarketingCampaignType.PriceReduction or MarketingCampaignType.MarketUpdate =>
            texts[Vocabulary.Word(campaign.CampaignType)],
        _ => null,
    };

    private static string Headline(AdSubject subject, MarketingCampaign campaign, AdTexts texts)
    {
        if (subject.Listing is not { } listing) return campaign.Subject ?? campaign.Name;
        var (place, type) = (PlaceNames.Name(listing.Community ?? listing.City, texts.IsArabic), TypeName(listing.PropertyType, texts));
        if (!texts.IsArabic) type = type.ToLowerInvariant();
        return (listing.PropertyType, listing.Bedrooms) switch
        {
            (PropertyType.Studio, _) or (PropertyType.Apartment or PropertyType.Condo, 0) => texts.Say("headline_studio", place),
            (_, 1) => texts.Say("headline_one_bed", 1, type, place),
            (_, 2) => texts.Say("headline_two_beds", 2, type, place),
            (_, > 2 and var beds) => texts.Say("headline_beds", beds, type, place),
            _ => texts.Say("headline_typed", TypeName(listing.PropertyType, texts), place),
        };
    }

    private static AdPrice? Price(AdSubject subject, AdWishes wishes, AdTexts texts, bool arabic)
    {
        if (subject.Listing is not { Price: { } price } listing) return null;
        var period = listing.RentPeriod is { } rent ? texts[$"per_{Vocabulary.Word(rent)}"] : null;
        return new AdPrice(Money(price, listing.Currency, arabic), period,
            wishes.PreviousPrice is { } before && before > price ? Money(before, listing.Currency, arabic) : null);
    }

    private static List<AdFact> Facts(ListingSnapshot? listing, AdTexts texts)
    {
        var facts = new List<AdFact>();
        if (listing is null) return facts;
        if (listing.Bedrooms is 0 || listing.PropertyType == PropertyType.Studio) facts.Add(new(AdIcon.Bed, texts["studio"], ""));
        else if (listing.Bedrooms is { } beds) facts.Add(new(AdIcon.Bed, Number(beds), texts["bed"]));
        if (listing.Bathrooms is { } baths) facts.Add(new(AdIcon.Bath, Number(baths), texts["bath"]));
        if (listing.SquareFeet is { } area) facts.Add(new(AdIcon.Area, Number(Math.Round(area)), texts["area"]));
        if (listing.LotSize is { } plot && listing.SquareFeet != plot) facts.Add(new(AdIcon.Plot, Number(Math.Round(plot)), texts["plot"]));
        else if (listing.YearBuilt is { } year) facts.Add(new(AdIcon.Year, year.ToString(CultureInfo.InvariantCulture), texts["year"]));
        return facts;
    }

    private static string Story(AdSubject subject, MarketingCampaign campaign, AdWishes wishes, AdTexts texts, bool arabic)
    {
        var said = arabic ? wishes.DescriptionAr ?? subject.Advert?.DescriptionAr
            : wishes.Description ?? subject.Advert?.Description ?? subject.Listing?.Description;
        if (!string.IsNullOrWhiteSpace(said)) return said;
        if (!arabic && campaign.Content is { } content) return content;
        if (subject.Listing is not { SquareFeet: { } area } listing) return "";
        var type = TypeName(listing.PropertyType, texts);
        return arabic
            ? $"{type} بمساحة {Number(Math.Round(area))} قدم مربعة في {PlaceLine.Of(listing, true)}."
            : $"{type} of {Number(Math.Round(area))} sq ft in {PlaceLine.Of(listing, false)}.";
    }

    private static AdAgent? Agent(AdSubject subject, bool arabic) => subject.Agent is not { } person ? null : new AdAgent(
        arabic ? subject.Profile?.NameAr ?? person.FullName : person.FullName, arabic ? subject.Profile?.TitleAr : subject.Profile?.Title,
        person.Phone, person.Email, null, subject.Profile?.Brn);

    private static AdPermit? Permit(AdSubject subject, AdTexts texts, string? link)
    {
        if (subject.Listing?.PermitNumber is { Length: > 0 } number)
            return new AdPermit(texts["permit"], number, subject.Advert?.PermitUrl is { } official ? QrCode.Svg(official) : null);
        return subject.Market == TemplateMarket.Us && link is not null ? new AdPermit(texts["scan_page"], "", QrCode.Svg(link)) : null;
    }

    private static List<string> Notices(AdSubject subject, AdTexts texts)
    {
        var notices = new List<string>();
        if (subject.Market == TemplateMarket.Us) notices.Add(texts["equal_housing"]);
        notices.Add(texts["no_offer"]);
        return notices;
    }

    private static string? EventLine(AdWishes wishes, AdSubject subject, bool arabic)
    {
        if (wishes.EventStartsAt is not { } starts) return null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(subject.Office.TimeZone);
        var culture = CultureInfo.GetCultureInfo(arabic ? "ar-AE" : "en-US");
        var from = TimeZoneInfo.ConvertTime(starts, zone);
        var day = from.ToString(arabic ? "dddd d MMMM yyyy" : "dddd, d MMMM yyyy", culture);
        // The span of time stays in one piece, and in its order within an Arabic line.
        var until = wishes.EventEndsAt is { } ends
            ? $"\u2060–\u2060{TimeZoneInfo.ConvertTime(ends, zone).ToString("HH:mm", CultureInfo.InvariantCulture)}" : "";
        return $"{day} · \u2066{from.ToString("HH:mm", CultureInfo.InvariantCulture)}{until}\u2069";
    }

    private static string Organization(AdSubject subject, bool arabic) =>
        arabic ? subject.Settings.NameAr ?? subject.Brand.Name : subject.Brand.Name;

    private static string TypeName(PropertyType? type, AdTexts texts) => type is { } known ? texts[Vocabulary.Word(known)] : texts["home"];

    private static string Number(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>Paragraphs of plain text, ended at a sentence where they grow too long for print.</summary>
    private static List<string> Paragraphs(string text)
    {
        var paragraphs = new List<string>();
        var left = LongestStory;
        foreach (var paragraph in BlankLines().Split(MessageTemplate.WithoutTags(text)).Select(p => Spaces().Replace(p, " ").Trim())
            .Where(p => p.Length > 0))
        {
            var part = paragraph.Length <= left ? paragraph : ToSentence(paragraph, left);
            if (part.Length == 0) break;
            paragraphs.Add(part);
            left -= part.Length;
        }
        return paragraphs;
    }

    private static string ToSentence(string text, int most)
    {
        if (most < 60) return "";
        var end = text.AsSpan(0, most).LastIndexOfAny(".!?؟");
        if (end > most / 3) return text[..(end + 1)];
        var word = text.LastIndexOf(' ', most - 1);
        return text[..(word > 0 ? word : most - 1)] + "…";
    }

    private static string Plain(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"(?:\r?\n){2,}")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
