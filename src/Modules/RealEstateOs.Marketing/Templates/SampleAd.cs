using System.Text;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Marketing.Templates;

/// <summary>An invented home with drawn pictures, for previews.</summary>
internal static class SampleAd
{
    private static readonly Dictionary<string, string> Pictures = Load();

    /// <param name="occasion">A word of the kinds of campaigns, such as <c>open_house</c>.</param>
    public static AdContent Of(TemplateMarket market, string occasion, AdLanguage language)
    {
        var (texts, dubai) = (AdTexts.Of(language), market == TemplateMarket.Dubai);
        var arabic = language == AdLanguage.Ar;
        return new AdContent
        {
            Language = language, Badge = texts.Knows(occasion) ? texts[occasion] : null,
            Headline = arabic ? "شقة من غرفتي نوم في دبي مارينا"
                : dubai ? "Two bedrooms above the marina" : "A bright house on a quiet street",
            Place = arabic ? "مارينا هايتس، دبي مارينا، دبي" : dubai ? "Marina Heights, Dubai Marina" : "88 Ocean Avenue, San Francisco",
            Type = arabic ? "شقة" : dubai ? "Apartment" : "House",
            Price = new AdPrice(arabic ? "2,450,000 درهم" : dubai ? "AED 2,450,000" : "$1,480,000", null,
                occasion == "price_reduction" ? dubai ? "AED 2,600,000" : "$1,560,000" : null),
            Facts = [new(AdIcon.Bed, dubai ? "2" : "3", texts["bed"]), new(AdIcon.Bath, dubai ? "2.5" : "2", texts["bath"]),
                new(AdIcon.Area, dubai ? "1,180" : "1,640", texts["area"])],
            Highlights = arabic ? ["إطلالة على المارينا", "شرفة", "مسبح مشترك", "موقف مغطى"]
                : dubai ? ["Marina view", "Balcony", "Shared pool", "Covered parking"]
                    : ["Garden", "Garage", "Hardwood floors", "Fireplace"],
            Paragraphs = [arabic ? "غرفة معيشة بنوافذ على امتداد الجدار، ومطبخ مفتوح، وشرفة تطل على الماء. المحطة على بعد خمس دقائق سيراً."
                : dubai
                    ? "A living room with windows from wall to wall, an open kitchen, and a balcony that looks along the water. "
                        + "The metro is five minutes away on foot."
                    : "A living room with windows to the garden, an open kitchen, and a deck that has sun until the evening. "
                        + "The park is around the corner."],
            Photos = dubai ? Drawn("marina", "interior", "pool", "interior", "marina")
                : Drawn("house", "interior", "house", "interior", "house"),
            Event = occasion == "open_house"
                ? arabic ? "السبت 12 ديسمبر 2026 · 14:00–17:00" : "Saturday, 12 December 2026 · 14:00–17:00" : null,
            CallToAction = texts["view_home"], Link = "https://example.com/p/sample",
            Office = new AdOffice("Acme Real Estate", null, dubai ? "00000" : null,
                dubai ? "Office 1, Sample Tower, Dubai" : "1 Sample Street, San Francisco, CA 94100", null, null, null),
            Agent = new AdAgent("Sara Sample", null, dubai ? "+971 50 000 0000" : "+1 415 555 0100", "sara@example.com", null,
                dubai ? "00000" : null),
            Permit = dubai ? new AdPermit(texts["permit"], "0000000000", QrCode.Svg("https://example.com/permit"))
                : new AdPermit(texts["scan_page"], "", QrCode.Svg("https://example.com/p/sample")),
            Notices = dubai ? [texts["no_offer"]] : [texts["equal_housing"], texts["no_offer"]],
        };
    }

    /// <summary>
    /// What is wrong with an organization's markup: as a template, and filled with homes of both markets in both languages and with some of
    /// which next to nothing is known.
    /// </summary>
    public static IReadOnlyList<string> FaultsOf(string? html)
    {
        var faults = MessageTemplate.Check("html", html, OwnMarkup.Variables, OwnMarkup.Lists).Select(f => f.Message).ToList();
        if (faults.Count > 0 || html is null) return faults;
        var markup = new OwnMarkup(html, "");
        foreach (var market in Enum.GetValues<TemplateMarket>())
        {
            foreach (var language in Enum.GetValues<AdLanguage>()) markup.Sides(Of(market, "open_house", language), faults);
            markup.Sides(Bare(market), faults);
        }
        return [.. faults.Distinct().Take(50)];
    }

    /// <summary>One of which next to nothing is known.</summary>
    private static AdContent Bare(TemplateMarket market)
    {
        var texts = AdTexts.Of(AdLanguage.En);
        return new AdContent
        {
            Language = AdLanguage.En, Headline = "Sample", Place = "", Type = texts["home"], CallToAction = texts["view_home"],
            Office = new AdOffice("Acme Real Estate", null, null, null, null, null, null),
            Notices = market == TemplateMarket.Us ? [texts["equal_housing"]] : [],
        };
    }

    public static LandingView Page(AdContent ad) => new(ad, "#") { Photos = [.. ad.Photos.Select(p => new PagePhoto(p.Address, ""))],
        ConsentText = "I agree that Acme Real Estate may contact me about this property." };

    private static AdPhoto[] Drawn(params string[] names) => [.. names.Select(name => new AdPhoto(Pictures[name]))];

    private static Dictionary<string, string> Load()
    {
        var assembly = typeof(SampleAd).Assembly;
        const string folder = "RealEstateOs.Marketing.Templates.Pictures.";
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal))
            .ToDictionary(n => Path.GetFileNameWithoutExtension(n[folder.Length..]), n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                return $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(reader.ReadToEnd()))}";
            });
    }
}
