using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Layouts;
using RealEstateOs.Marketing.Rendering;

namespace RealEstateOs.Marketing.Templates;

/// <summary>What a template makes.</summary>
public enum TemplateCategory { Flyer, Postcard, Email, Social, LandingPage }

/// <summary>A design that comes with the product.</summary>
/// <param name="Key">A stable name; also the reference under which clients know it.</param>
/// <param name="Occasions">The kinds of campaign that it is made for; the first fits best.</param>
internal sealed record StarterTemplate(string Key, string Name, string Description, TemplateCategory Category, TemplateMarket Market,
    AdLayout Layout, string Theme, params string[] Occasions)
{
    public string Reference => $"tmpl_{Key}";

    public AdDesign Design => new(Reference, Layout, AdStyle.Themes[Theme]);
}

internal static class StarterTemplates
{
    private static readonly AdLayout
        Editorial = new(typeof(FlyerEditorial)), Gallery = new(typeof(FlyerGallery)), Poster = new(typeof(FlyerPoster)),
        Split = new(typeof(PostcardSplit)), Frame = new(typeof(PostcardFrame)), Full = new(typeof(PostcardFull)),
        Overlay = new(typeof(Layouts.Social), "overlay"), Framed = new(typeof(Social), "framed"), Panel = new(typeof(Social), "panel"),
        Letter = new(typeof(Layouts.Mail)), Page = new(typeof(ListingPage));

    public static readonly IReadOnlyList<StarterTemplate> All =
    [
        new("dubai_luxury", "Dubai Luxury Listing", "A framed photograph with an ivory plate; letters with serifs.",
            TemplateCategory.Postcard, TemplateMarket.Dubai, Frame, "luxury", "new_listing"),
        new("dubai_marina_card", "Marina Split", "Photograph and facts side by side, navy and teal.", TemplateCategory.Postcard,
            TemplateMarket.Dubai, Split, "marina", "new_listing", "price_reduction"),
        new("dubai_night_card", "Skyline", "The photograph over the whole card, white letters.", TemplateCategory.Postcard,
            TemplateMarket.Dubai, Full, "night", "new_listing", "just_sold"),
        new("dubai_open_house_card", "Open Doors", "Date and place of an open house beside the photograph.", TemplateCategory.Postcard,
            TemplateMarket.Dubai, Split, "desert", "open_house"),
        new("dubai_editorial", "Editorial Flyer", "A4 like a page of a magazine: one photograph, a story, three details.",
            TemplateCategory.Flyer, TemplateMarket.Dubai, Editorial, "luxury", "new_listing"),
        new("dubai_gallery", "Gallery Flyer", "A4 with five photographs and all facts in a row.", TemplateCategory.Flyer,
            TemplateMarket.Dubai, Gallery, "marina", "new_listing", "price_reduction"),
        new("dubai_poster", "Poster", "A4 for a shop window: one photograph, few words.", TemplateCategory.Flyer, TemplateMarket.Dubai,
            Poster, "night", "new_listing", "just_sold"),
        new("dubai_villa_flyer", "Villa Garden", "A4 gallery in greens for villas and townhouses.", TemplateCategory.Flyer,
            TemplateMarket.Dubai, Gallery, "garden", "new_listing", "open_house"),
        new("dubai_desert_flyer", "Desert Open House", "A4 with the invitation to an open house in terracotta.", TemplateCategory.Flyer,
            TemplateMarket.Dubai, Editorial, "desert", "open_house"),
        new("dubai_letter", "Marina Letter", "An e-mail of one column; dark mode and a text part.", TemplateCategory.Email,
            TemplateMarket.Dubai, Letter, "marina", "new_listing", "price_reduction"),
        new("dubai_luxury_letter", "Luxury Letter", "An e-mail in ivory and gold.", TemplateCategory.Email, TemplateMarket.Dubai, Letter,
            "luxury", "new_listing", "just_sold"),
        new("dubai_invitation_letter", "Invitation", "An e-mail that invites to an open house.", TemplateCategory.Email,
            TemplateMarket.Dubai, Letter, "desert", "open_house"),
        new("dubai_overlay", "Full Picture", "Letters over the photograph; story, post and landscape.", TemplateCategory.Social,
            TemplateMarket.Dubai, Overlay, "night", "new_listing", "just_sold"),
        new("dubai_framed", "Ivory Frame", "The photograph in a frame, the facts below it.", TemplateCategory.Social, TemplateMarket.Dubai,
            Framed, "luxury", "new_listing"),
        new("dubai_panel", "Marina Panel", "Photograph above, a navy panel below.", TemplateCategory.Social, TemplateMarket.Dubai, Panel,
            "marina", "new_listing", "price_reduction", "open_house"),
        new("dubai_page", "Marina Page", "A landing page with gallery, facts and a request for a viewing.", TemplateCategory.LandingPage,
            TemplateMarket.Dubai, Page, "marina", "new_listing"),
        new("dubai_luxury_page", "Luxury Page", "The landing page in ivory and gold.", TemplateCategory.LandingPage, TemplateMarket.Dubai,
            Page, "luxury", "new_listing"),
        new("us_classic_card", "Classic Postcard", "Navy and brick, a framed photograph.", TemplateCategory.Postcard, TemplateMarket.Us,
            Frame, "classic", "new_listing", "just_sold"),
        new("us_open_house_card", "Open House Postcard", "Date and address beside the photograph.", TemplateCategory.Postcard,
            TemplateMarket.Us, Split, "coast", "open_house", "price_reduction"),
        new("us_flyer", "Neighborhood Flyer", "Letter-like A4 with five photographs.", TemplateCategory.Flyer, TemplateMarket.Us, Gallery,
            "classic", "new_listing", "open_house"),
        new("us_letter", "Coast Letter", "An e-mail of one column; dark mode and a text part.", TemplateCategory.Email, TemplateMarket.Us,
            Letter, "coast", "new_listing", "open_house", "price_reduction"),
        new("us_panel", "Coast Panel", "Photograph and panel for the networks.", TemplateCategory.Social, TemplateMarket.Us, Panel, "coast",
            "new_listing", "open_house", "just_sold"),
        new("us_page", "Classic Page", "A landing page with gallery, facts and a request for a showing.", TemplateCategory.LandingPage,
            TemplateMarket.Us, Page, "classic", "new_listing"),
    ];

    private static readonly Dictionary<string, StarterTemplate> ByReference = All.ToDictionary(t => t.Reference, StringComparer.Ordinal);

    public static StarterTemplate? Find(string reference) => ByReference.GetValueOrDefault(reference);

    /// <summary>The one that fits an occasion best, in the order in which they stand.</summary>
    public static StarterTemplate For(TemplateCategory category, TemplateMarket market, string occasion)
    {
        var some = All.Where(t => t.Category == category && t.Market == market).ToArray();
        return some.FirstOrDefault(t => t.Occasions[0] == occasion) ?? some.FirstOrDefault(t => t.Occasions.Contains(occasion)) ?? some[0];
    }
}
