using System.Globalization;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;

namespace RealEstateOs.Social.Writing;

/// <summary>What a post is to be.</summary>
internal sealed record PostOrder(SocialPlatform Platform, PostType Type, ContentStyle Style, bool Arabic)
{
    /// <summary>Null: a post of the office, about no property.</summary>
    public AdvertFacts? Facts { get; init; }
    public required string Office { get; init; }
    public bool TellsDetails { get; init; } = true;
    /// <summary>A word of the house (<c>dm_for_viewing</c>), or a sentence; null: what fits the type.</summary>
    public string? CallToAction { get; init; }
    /// <summary>Said instead of the first sentence.</summary>
    public string? Message { get; init; }
    public (DateTimeOffset Starts, DateTimeOffset? Ends)? Event { get; init; }
    public string? Link { get; init; }
    public IReadOnlyList<string> Hashtags { get; init; } = [];
    public ulong Seed { get; init; }
    /// <summary>0 for the first of a row of posts, which all sound different.</summary>
    public int Turn { get; init; }
}

/// <summary>The property's facts in the words of a language.</summary>
internal static class PostFacts
{
    public static Slots Of(PostOrder order)
    {
        var slots = new Slots();
        var dm = order.Platform is SocialPlatform.Instagram or SocialPlatform.X ? "DM" : "message";
        slots.Know("Dm", dm == "DM" ? "DM" : "Message");
        slots.Know("dm", dm);
        slots.Know("office", order.Office, "office");
        if (order.Facts is not { } facts) return slots;
        var (words, listing) = (order.Arabic ? facts.Arabic : facts.English, facts.Listing);
        slots.Know("office", words.Office, "office");
        slots.Know("agent", facts.Agent, "agent");
        slots.Know("place", words.Community ?? words.City, "place");
        if (words.Building != words.Community) slots.Know("building", words.Building, "building");
        if (order.Arabic) ArabicWords.KnowHome(slots, listing);
        else EnglishWords.KnowHome(slots, listing);
        slots.Know("deal", Deal(facts, order.Arabic), "deal");
        if (!order.TellsDetails) return slots;
        slots.Know("price", Price(facts, order.Arabic), "price");
        slots.Know("area", Area(listing.SquareFeet, order.Arabic), "area");
        if (listing.LotSize != listing.SquareFeet) slots.Know("plot", Area(listing.LotSize, order.Arabic), "plot");
        slots.Know("baths", order.Arabic ? ArabicWords.Baths(listing.Bathrooms, false) : EnglishWords.Baths(listing.Bathrooms), "baths");
        if (order.Arabic) slots.Know("with_baths", ArabicWords.Baths(listing.Bathrooms, true), "baths");
        slots.Know("rate", Rate(facts, order.Arabic), "rate");
        var features = Features(words.Highlights, order);
        slots.Know("features", features, "features");
        slots.Know("Features", Slots.Capital(features), "features");
        return slots;
    }

    public static bool HasOneHighlight(PostOrder order) =>
        (order.Arabic ? order.Facts!.Arabic : order.Facts!.English).Highlights.Count == 1;

    /// <summary>Does somebody live there?</summary>
    public static bool IsHome(PropertyType? type) => type is not (
        PropertyType.Land or PropertyType.Commercial or PropertyType.Office or PropertyType.Retail or PropertyType.Warehouse
            or PropertyType.Industrial or PropertyType.MixedUse);

    /// <summary>Four amenities at most, other ones in the next turn.</summary>
    private static string Features(IReadOnlyList<string> all, PostOrder order)
    {
        var most = Math.Min(all.Count, order.Platform == SocialPlatform.X ? 3 : 4);
        return Join([.. Enumerable.Range(0, most).Select(i => all[(order.Turn * most + i) % all.Count])], order.Arabic);
    }

    public static string Join(IReadOnlyList<string> items, bool arabic) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => arabic ? $"{string.Join("، ", items.SkipLast(1))} و{items[^1]}" : $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}",
    };

    public static string Money(decimal amount, string currency, bool arabic)
    {
        var digits = amount.ToString(decimal.Truncate(amount) == amount ? "#,0" : "#,0.00", CultureInfo.InvariantCulture);
        return (currency, arabic) switch { ("AED", true) => $"{digits} درهم", ("USD", _) => $"${digits}", _ => $"{currency} {digits}" };
    }

    public static string Number(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string? Price(AdvertFacts facts, bool arabic)
    {
        if (facts.Listing.Price is not { } price) return null;
        var money = Money(price, facts.Listing.Currency, arabic);
        return facts.RentPeriod is not { } period ? money : arabic
            ? $"{money} {period switch { "month" => "شهرياً", "week" => "أسبوعياً", "day" => "يومياً", _ => "سنوياً" }}"
            : $"{money} per {period}";
    }

    private static string? Area(decimal? squareFeet, bool arabic) =>
        squareFeet is { } area and > 0 ? arabic ? $"{Number(Math.Round(area))} قدم مربعة" : $"{Number(Math.Round(area))} sq ft" : null;

    private static string? Rate(AdvertFacts facts, bool arabic)
    {
        if (facts.IsRent || facts.Listing is not { Price: { } price, SquareFeet: { } area and > 0 }) return null;
        var money = Money(Math.Round(price / area), facts.Listing.Currency, arabic);
        return arabic ? $"{money} للقدم المربعة" : $"{money} per sq ft";
    }

    private static string Deal(AdvertFacts facts, bool arabic) =>
        facts.IsRent ? arabic ? "للإيجار" : "for rent" : arabic ? "للبيع" : "for sale";

    /// <summary>When an open house is, by the office's clock.</summary>
    public static string When((DateTimeOffset Starts, DateTimeOffset? Ends) span, TimeZoneInfo zone, bool arabic)
    {
        var culture = CultureInfo.GetCultureInfo(arabic ? "ar-AE" : "en-US");
        var from = TimeZoneInfo.ConvertTime(span.Starts, zone);
        var until = span.Ends is { } ends ? $"–{TimeZoneInfo.ConvertTime(ends, zone).ToString("HH:mm", CultureInfo.InvariantCulture)}" : "";
        var day = from.ToString(arabic ? "dddd d MMMM" : "dddd, d MMMM", culture);
        return $"{day}{(arabic ? "، " : ", ")}{from.ToString("HH:mm", CultureInfo.InvariantCulture)}{until}";
    }
}
