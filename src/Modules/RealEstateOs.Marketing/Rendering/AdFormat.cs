namespace RealEstateOs.Marketing.Rendering;

/// <summary>The size of what is made: paper in millimetres, pictures in pixels.</summary>
internal sealed record AdFormat(string Name, double Width, double Height, AdMedium Medium)
{
    public static readonly AdFormat
        A4 = new("a4", 210, 297, AdMedium.Print), A5 = new("a5", 148, 210, AdMedium.Print), A5Landscape = new("a5_landscape", 210, 148,
            AdMedium.Print),
        Story = new("story", 1080, 1920, AdMedium.Picture), Post = new("post", 1080, 1080, AdMedium.Picture), Landscape = new("landscape",
            1200, 628, AdMedium.Picture),
        Mail = new("html", 600, 0, AdMedium.Mail), Page = new("page", 0, 0, AdMedium.Page);

    public static readonly IReadOnlyDictionary<string, AdFormat> All =
        new[] { A4, A5, A5Landscape, Story, Post, Landscape, Mail, Page }.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>Is the sheet wider than high?</summary>
    public bool IsWide => Width > Height;
}

internal enum AdMedium { Print, Picture, Mail, Page }

/// <summary>A format as it was asked for.</summary>
/// <param name="ForPress">With 3 mm of bleed and crop marks around the sheet.</param>
internal sealed record AdSheet(AdFormat Format, bool ForPress)
{
    public const double BleedMm = 3, SlugMm = 6;

    public double Bleed => ForPress ? BleedMm : 0;

    /// <summary>From the edge of the paper to where it is cut.</summary>
    public double Margin => ForPress ? BleedMm + SlugMm : 0;
}
