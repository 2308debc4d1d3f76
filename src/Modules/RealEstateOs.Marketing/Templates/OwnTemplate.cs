using System.ComponentModel.DataAnnotations.Schema;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing.Templates;

/// <summary>A design that the organization wrote itself.</summary>
internal sealed class OwnTemplate : Entity<MarketingTemplateId>, ISoftDeletable
{
    public string Name { get; set; } = "";
    public string? Description { get; set; }
    public TemplateCategory Category { get; set; }
    public TemplateMarket Market { get; set; }
    /// <summary>Whose colours and letters stand behind the style sheet's variables.</summary>
    public string Theme { get; set; } = "marina";
    public string Html { get; set; } = "";
    public string Css { get; set; } = "";
    [Column("file_key")] public string? PreviewKey { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }

    internal OwnMarkup Markup => new(Html, Css);

    internal AdDesign Design => new(Reference, new AdLayout(null, Own: Markup), AdStyle.Themes[Theme]);

    /// <summary>What its market wants shown and it does not show.</summary>
    internal IReadOnlyList<string> Missing =>
        [.. (Market == TemplateMarket.Dubai ? ["permit_number", "permit_code", "orn", "brn"] : (string[])["notices"]).Except(Markup.Shown)];
}

/// <summary>A design: where it stands, how it is laid out, in which colours and letters.</summary>
internal sealed record AdDesign(string Reference, AdLayout Layout, AdStyle Style);
