using RealEstateOs.Platform.Rendering;
using static RealEstateOs.Cma.Reports.ReportWriter;

namespace RealEstateOs.Cma.Reports;

/// <summary>The first page: the property, what it is worth, who made the report and for whom.</summary>
internal static class ReportCover
{
    public static Html Of(ReportDocument d, ReportWords w, ReportPictures pictures)
    {
        var s = d.Subject;
        var place = s?.Neighborhood is { } area && !s.Address.Contains(area, StringComparison.OrdinalIgnoreCase) ? w.Place(area) : "";
        return Html.Of($"""
            <section class="cover">{Photo(pictures)}<header><div class="brand">{Logo(pictures)}<span>{d.Brand.Organization}</span></div>
            <div class="kind">{d.Title}</div></header>
            <div class="middle"><h1><bdi>{s?.Address ?? d.Title}</bdi></h1><p class="place">{place}</p>
            <dl class="facts">{Facts(s, w).Select(f => Html.Of($"<div><dt>{f.Name}</dt><dd>{f.Value}</dd></div>"))}</dl>
            {(d.Valuation is { } v ? Html.Of($"""
                <div class="price"><span>{w["recommended"]}</span><strong>{ReportPage.Money(v.EstimatedValue, d, w)}</strong>
                <span>{w.Span(v.ValueRange.Low, v.ValueRange.High, d.Currency)}</span></div>
                """) : Html.Empty)}</div>
            <footer>{Agent(d.Brand, w)}{Office(d.Brand, w)}{Dates(d, w)}</footer>
            {(d.MarketData == "sample" ? Html.Of($"""<p class="sample">{w["sample"]}</p>""") : Html.Empty)}</section>
            """);
    }

    public static string Bedrooms(int? count, ReportWords w) => count switch { null => "–", 0 => w["studio"], { } n => $"{n}" };

    // Larger than its place instead of cut: that prints faster (PagePicture.Ratio).
    private static Html Photo(ReportPictures pictures) => pictures.Cover is not { Ratio: { } ratio } photo ? Html.Empty
        : Html.Of($"""<div class="photo" style="--ratio:{ratio}"><img src="{pictures.AddressOf(photo)}" alt=""></div>""");

    private static Html Logo(ReportPictures pictures) =>
        pictures.Logo is { } logo ? Html.Of($"""<img src="{pictures.AddressOf(logo)}" alt="">""") : Html.Empty;

    private static IEnumerable<(string Name, string Value)> Facts(ReportSubject? s, ReportWords w)
    {
        if (s is null) yield break;
        yield return (w["property_type"], w.Type(s.PropertyType));
        yield return (w["state"], s.OffPlan ? w["off_plan"] : w["ready"]);
        if (s.Bedrooms is not null) yield return (w["bedrooms"], Bedrooms(s.Bedrooms, w));
        if (s.Bathrooms is { } baths) yield return (w["bathrooms"], FormattableString.Invariant($"{baths:0.#}"));
        yield return (w["area_sqft"], Amount((decimal)s.AreaSqft));
    }

    private static Html Agent(ReportBrand b, ReportWords w) => b.AgentName is null ? Html.Empty : Html.Of($"""
        <div><b>{w["prepared_by"]}</b><p><strong><bdi>{b.AgentName}</bdi></strong>{Line(b.AgentTitle)}{Line(Numbered(w["brn"], b.Brn))}
        {Line(b.AgentPhone, ltr: true)}{Line(b.AgentEmail, ltr: true)}</p></div>
        """);

    private static Html Office(ReportBrand b, ReportWords w) => Html.Of($"""
        <div><b>{w[b.AgentName is null ? "prepared_by" : "office"]}</b><p><strong><bdi>{b.Organization}</bdi></strong>
        {Line(Numbered(w["orn"], b.Orn))}{Line(b.Phone, ltr: true)}{Line(b.Website, ltr: true)}{Line(b.Address)}</p></div>
        """);

    private static Html Dates(ReportDocument d, ReportWords w)
    {
        List<(string Name, DateOnly? Day)> dates = [(w["prepared_on"], d.PreparedOn), (w["effective"], d.EffectiveDate)];
        if (d.DataUntil != d.EffectiveDate) dates.Add((w["data_until"], d.DataUntil));
        return Html.Of($"""
            <div>{(d.PreparedFor is { } whom ? Html.Of($"""<b>{w["prepared_for"]}</b><p><strong><bdi>{whom}</bdi></strong></p>""")
                : Html.Empty)}<dl>{dates.Where(x => x.Day is not null).Select(x => Html.Of($"""
                <dt>{x.Name}</dt><dd><bdi>{w.Day(x.Day!.Value)}</bdi></dd>
                """))}</dl></div>
            """);
    }

    private static string? Numbered(string name, string? number) => number is null ? null : $"{name} {number}";

    private static Html Line(string? text, bool ltr = false) => text is null ? Html.Empty
        : Html.Of($"""<br><bdi dir="{(ltr ? "ltr" : "auto")}">{text}</bdi>""");
}
