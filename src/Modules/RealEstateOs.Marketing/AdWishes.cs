using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Marketing;

/// <summary>What a campaign says differently from its property's own words.</summary>
public sealed record AdWishes
{
    /// <summary>Plain text; by default it is made from type, bedrooms and place.</summary>
    [MaxLength(120)] public string? Headline { get; init; }
    /// <summary>The headline in Arabic, up to 120 letters; the English one serves where it is left out.</summary>
    [MaxLength(120)] public string? HeadlineAr { get; init; }
    /// <summary>Replaces the property's description.</summary>
    [MaxLength(4000)] public string? Description { get; init; }
    /// <summary>The text in Arabic, up to 4,000 letters.</summary>
    [MaxLength(4000)] public string? DescriptionAr { get; init; }
    /// <summary>What the reader is to do, up to 60 letters, such as Book a viewing.</summary>
    [MaxLength(60)] public string? CallToAction { get; init; }
    /// <summary>The same in Arabic.</summary>
    [MaxLength(60)] public string? CallToActionAr { get; init; }
    /// <summary>The price before a reduction, in the property's currency; shown struck through.</summary>
    public decimal? PreviousPrice { get; init; }
    /// <summary>Begin and end of an open house.</summary>
    public DateTimeOffset? EventStartsAt { get; init; }
    /// <summary>After its begin.</summary>
    public DateTimeOffset? EventEndsAt { get; init; }
    /// <summary><c>en</c>, <c>ar</c> or both; English by default.</summary>
    public string[]? Languages { get; init; }
    /// <summary>A template for a category, such as <c>{"postcard": "tmpl_dubai_luxury"}</c>.</summary>
    public TemplateWishes? Templates { get; init; }
}

/// <summary>References of templates by what they are for.</summary>
public sealed record TemplateWishes
{
    /// <summary>Id of the template, as lists of templates show it; the one that fits best where it is left out.</summary>
    [MaxLength(80)] public string? Postcard { get; init; }
    /// <summary>Id of the template, as lists of templates show it; the one that fits best where it is left out.</summary>
    [MaxLength(80)] public string? Flyer { get; init; }
    /// <summary>Id of the template, as lists of templates show it; the one that fits best where it is left out.</summary>
    [MaxLength(80)] public string? Email { get; init; }
    /// <summary>Id of the template, as lists of templates show it; the one that fits best where it is left out.</summary>
    [MaxLength(80)] public string? Social { get; init; }
    /// <summary>Id of the template, as lists of templates show it; the one that fits best where it is left out.</summary>
    [MaxLength(80)] public string? LandingPage { get; init; }
}
