using System.Text;
using RealEstateOs.Marketing.Rendering;

namespace RealEstateOs.Marketing.Templates;

/// <summary>An invented home with drawn pictures, for previews.</summary>
internal static class SampleAd
{
    private static readonly Dictionary<string, string> Pictures = Load();

    public static AdContent Of(StarterTemplate template, AdLanguage language)
    {
        var (texts, dubai, occasion) = (AdTexts.Of(language), template.Market == TemplateMarket.Dubai, template.Occasions[0]);
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
                    ? "A living room with windows from wall to wall, an open kitchen, and a balcony that looks along the water. The metro is five minutes away on foot."
                    : "A living room with windows to the garden, an open kitchen, and a deck that has sun until the evening. The park is around the corner."],
            Photos = dubai ? [Pictures["marina"], Pictures["interior"], Pictures["pool"], Pictures["interior"], Pictures["marina"]]
                : [Pictures["house"], Pictures["interior"], Pictures["house"], Pictures["interior"], Pictures["house"]],
            Event = occasion == "open_house"
                ? arabic ? "السبت 12 ديسمبر 2026 · 14:00–17:00" : "Saturday, 12 December 2026 · 14:00–17:00" : null,
            CallToAction = texts["view_home"], Link = "https://example.com/p/sample",
            Office = new AdOffice("Acme Real Estate", null, dubai ? "00000" : null,
                dubai ? "Office 1, Sample Tower, Dubai" : "1 Sample Street, San Francisco, CA 94100", null, null, null),
            Agent = new AdAgent("Sara Sample", null, dubai ? "+971 50 000 0000" : "+1 415 555 0100", "sara@example.com", null,
                dubai ? "00000" : null),
            Permit = dubai ? new AdPermit(texts["permit"], "0000000000",
                template.Category == TemplateCategory.Email ? null : QrCode.Svg("https://example.com/permit"))
                : new AdPermit(texts["scan_page"], "", QrCode.Svg("https://example.com/p/sample")),
            Notices = dubai ? [texts["no_offer"]] : [texts["equal_housing"], texts["no_offer"]],
        };
    }

    public static LandingView Page(AdContent ad) => new(ad, "#") { Photos = [.. ad.Photos.Select(p => new PagePhoto(p, ""))],
        ConsentText = "I agree that Acme Real Estate may contact me about this property." };

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
