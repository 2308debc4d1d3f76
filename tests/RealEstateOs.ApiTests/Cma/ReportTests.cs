using System.Text.Json;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Cma;

public sealed class ReportTests(Server server)
{
    private const string Reports = "/api/v1/cma/reports";

    [Theory]
    [InlineData("en", "Comparable sales", "Price per sq ft")]
    [InlineData("ar", "المبيعات المقارنة", "الملخص")]
    public async Task Every_figure_of_the_pdf_is_one_of_the_json_it_was_made_from(string language, params string[] headings)
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync("Harbour & Sons Realty");
        var property = await office.NewPropertyAsync(Samples.Property(("address", "Quay House"), ("community", "Harbourside"), ("property_type", "apartment"), ("bedrooms", 2), ("square_feet", 964), ("latitude", 25.121), ("longitude", 55.203)));
        var report = await MadeAsync(office.Admin, new { property_id = property, language, market = Town.Market });
        var pdf = await office.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}/pdf");
        Assert.Equal("application/pdf", pdf.Header("Content-Type"));
        var text = await PrintedFigures.TextOfAsync(pdf.Content);
        foreach (var heading in headings) Assert.Contains(heading, text, StringComparison.Ordinal);
        var document = report.At("report");
        var rank = Math.Max(document.At("comparables").GetArrayLength(), text.Count(c => c == '\f'));
        Assert.Empty(PrintedFigures.NotIn(document, text, rank));
        // The comparison itself sees a figure that nobody measured, and misses one that is taken away.
        Assert.Equal(["987654"], PrintedFigures.NotIn(document, $"{text} AED 987,654", rank));
        Assert.Contains(document.At("valuation.estimated_value").GetRawText(), PrintedFigures.NotIn(JsonSerializer.SerializeToElement(new { }), text, rank));
        Assert.Contains("Quay House", text, StringComparison.Ordinal);
        foreach (var comparable in document.At("comparables").Items())
            Assert.Contains(comparable.Number("adjusted_price").ToString("N0", System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_sections_go_from_pending_to_completed_and_its_forms_say_the_same()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var started = (await office.Admin.PostAsync(Reports, Ask("Palm Row"))).Must(202);
        Assert.All(started.At("report_sections").EnumerateObject(), s => Assert.Equal("pending", s.Value.GetString()));
        Assert.Equal("processing", started.Text("status"));
        var report = await DoneAsync(office.Admin, started);
        Assert.All(report.At("report_sections").EnumerateObject(), s => Assert.Equal("completed", s.Value.GetString()));
        var page = await office.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}/html");
        Assert.Contains(report.Number("report.valuation.estimated_value").ToString("N0", System.Globalization.CultureInfo.InvariantCulture), page.Text, StringComparison.Ordinal);
        Assert.Equal("imported", report.Text("report.market_data"));
        Assert.Single((await office.Admin.GetAsync(Reports)).Must(200).Items());
    }

    [Fact]
    public async Task The_download_link_is_signed_and_no_other_office_sees_the_report()
    {
        await Town.OpenAsync(server);
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var report = await MadeAsync(office.Admin, Ask("Palm Row"));
        var link = report.Text("download_url")!;
        var file = await server.Anonymous.GetAsync(link);
        Assert.Equal((200, "application/pdf"), (file.Status, file.Header("Content-Type")));
        Assert.Equal("%PDF", file.Text[..4]);
        (await server.Anonymous.GetAsync(link[..^4] + "AAAA")).Must(404);
        foreach (var form in (string[])["", "/html", "/pdf"]) (await other.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}{form}")).Must(404);
    }

    [Fact]
    public async Task What_people_type_stays_text_on_the_page()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync("<b>Bold</b> & Co");
        var body = new { market = Town.Market, subject_property = new { address = "<script>alert(1)</script><img src=x onerror=alert(2)>, Palm Row", location = "Palm Row", bedrooms = 2, area_sqft = 960, property_type = "apartment" } };
        var report = await MadeAsync(office.Admin, body);
        var page = (await office.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}/html")).Text;
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Bold</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_valued_is_refused_before_any_report_is_begun()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync(Reports, Ask("Atlantis under the sea"))).MustRefuse(422, "VAL_003");
        Assert.Equal(["language"], (await office.Admin.PostAsync(Reports, new { language = "fr", subject_property = new { location = "Palm Row", area_sqft = 900 } })).MustNameFields());
        Assert.Empty((await office.Admin.GetAsync(Reports)).Must(200).Items());
    }

    private static object Ask(string location) => new { market = Town.Market, subject_property = new { address = $"Sample House, {location}", location, bedrooms = 2, area_sqft = 960, property_type = "apartment" } };

    private static async Task<JsonElement> MadeAsync(Actor actor, object body) => await DoneAsync(actor, (await actor.PostAsync(Reports, body)).Must(202));

    private static Task<JsonElement> DoneAsync(Actor actor, JsonElement started) =>
        Outbox.UntilAsync(async () => (await actor.GetAsync($"{Reports}/{started.Text("cma_report_id")}")).Must(200), r => r.Text("status") == "completed");
}
