namespace RealEstateOs.Marketing.Rendering;

/// <summary>What an advertisement says, every text in its language already; a layout decides only where it stands.</summary>
internal sealed record AdContent
{
    public required AdLanguage Language { get; init; }
    /// <summary>New listing, Open house …; null where nothing is announced.</summary>
    public string? Badge { get; init; }
    public required string Headline { get; init; }
    public required string Place { get; init; }
    public required string Type { get; init; }
    public AdPrice? Price { get; init; }
    public IReadOnlyList<AdFact> Facts { get; init; } = [];
    public IReadOnlyList<string> Highlights { get; init; } = [];
    public IReadOnlyList<string> Paragraphs { get; init; } = [];
    /// <summary>The first stands for the property.</summary>
    public IReadOnlyList<AdPhoto> Photos { get; init; } = [];
    /// <summary>When and where one may come, for an open house.</summary>
    public string? Event { get; init; }
    public required string CallToAction { get; init; }
    /// <summary>Where the call to action leads.</summary>
    public string? Link { get; init; }
    public required AdOffice Office { get; init; }
    public AdAgent? Agent { get; init; }
    public AdPermit? Permit { get; init; }
    /// <summary>What the law wants said, in small print.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    public AdTexts Texts => AdTexts.Of(Language);
}

internal enum AdLanguage { En, Ar }

/// <param name="Amount">AED 2,450,000; isolated by the layout, so that it keeps its order in an Arabic line.</param>
/// <param name="Period">a year, where it is a rent.</param>
internal sealed record AdPrice(string Amount, string? Period, string? Before);

internal sealed record AdFact(AdIcon Icon, string Value, string Label);

internal enum AdIcon { Bed, Bath, Area, Plot, Year, Home }

/// <param name="Address">Of a file beside the page in print, https in mails.</param>
/// <param name="Ratio">Width by height, where it is known.</param>
internal sealed record AdPhoto(string Address, double? Ratio = null);

internal sealed record AdOffice(string Name, string? Logo, string? Orn, string? Address, string? Phone, string? Email, string? Website);

internal sealed record AdAgent(string Name, string? Title, string? Phone, string? Email, string? Photo, string? Brn);

/// <param name="Code">The permit's QR code as SVG; null where its official address is not known.</param>
internal sealed record AdPermit(string Label, string Number, string? Code);
