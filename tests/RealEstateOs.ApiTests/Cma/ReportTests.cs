using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.ApiTests.Cma;

public sealed class ReportTests(Server server)
{
    private const string Reports = "/api/v1/cma/reports";

    [Theory]
    [InlineData("en", "Comparable sales", "Asking price")]
    [InlineData("ar", "المبيعات المقارنة", "الملخص")]
    public async Task Every_figure_of_the_pdf_is_one_of_the_json_it_was_made_from(string language, params string[] headings)
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync("Harbour & Sons Realty");
        var property = await office.NewPropertyAsync(Samples.Property(("address", "Quay House"), ("community", "Harbourside"),
            ("property_type", "apartment"), ("bedrooms", 2), ("square_feet", 964), ("latitude", 25.121), ("longitude", 55.203)));
        var report = await MadeAsync(office.Admin, new { property_id = property, language, market = Town.Market });
        var pdf = await office.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}/pdf");
        Assert.Equal("application/pdf", pdf.Header("Content-Type"));
        var text = await PrintedFigures.TextOfAsync(pdf.Content);
        foreach (var heading in headings) Assert.Contains(heading, text, StringComparison.Ordinal);
        var document = report.At("report");
        var rank = Math.Max(document.At("comparables").GetArrayLength(), text.Count(c => c == '\f'));
        var median = FormattableString.Invariant($"{Math.Round(document.Number("market_trends.median_price") / 1000) * 1000:0}");
        Assert.Equal([median], PrintedFigures.NotIn(document, text, rank)); // printed in thousands, kept as it was measured
        // The comparison itself sees a figure that nobody measured, and misses one that is taken away.
        Assert.Equal([median, "987654"], PrintedFigures.NotIn(document, $"{text} AED 987,654", rank));
        Assert.Contains(document.At("valuation.estimated_value").GetRawText(),
            PrintedFigures.NotIn(JsonSerializer.SerializeToElement(new { }), text, rank));
        Assert.Contains("Quay House", text, StringComparison.Ordinal);
        foreach (var comparable in document.At("comparables").Items())
            Assert.Contains(comparable.Number("adjusted_price").ToString("N0", System.Globalization.CultureInfo.InvariantCulture), text,
                StringComparison.Ordinal);
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
        Assert.Contains(report.Number("report.valuation.estimated_value").ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
            page.Text, StringComparison.Ordinal);
        Assert.Equal("imported", report.Text("report.market_data"));
        Assert.Single((await office.Admin.GetAsync(Reports)).Must(200).Items());
    }

    [Fact]
    public async Task Its_sections_are_told_on_the_live_stream_as_they_are_written_and_to_nobody_else()
    {
        await Town.OpenAsync(server);
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        using var limit = Eventually.Limit();
        using var stream = await office.Admin.OpenAsync("/api/v1/sse/stream");
        using var strange = await other.Admin.OpenAsync("/api/v1/sse/stream");
        var report = (await office.Admin.PostAsync(Reports, Ask("Palm Row"))).Must(202);
        var told = new List<string>();
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(limit.Token));
        for (var done = false; !done && await lines.ReadLineAsync(limit.Token) is { } line;)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal) || JsonElement.Parse(line[6..]) is var frame
                && !frame.Text("type")!.StartsWith("cma_", StringComparison.Ordinal)) continue;
            told.Add(frame.Text("type") == "cma_section_completed"
                ? $"{frame.Text("section")} {frame.At("report_sections").EnumerateObject().Count(s => s.Value.GetString() == "completed")}"
                : frame.Text("type")!);
            done = frame.Text("type") == "cma_report_completed";
        }
        Assert.Equal(["comparables_analysis 1", "market_trends 2", "pricing_recommendation 3", "marketing_strategy 4",
            "cma_report_completed"], told);
        await DoneAsync(office.Admin, report);
        await other.NewPropertyAsync();
        using var others = new StreamReader(await strange.Content.ReadAsStreamAsync(limit.Token));
        while (await others.ReadLineAsync(limit.Token) is { } line)
        {
            Assert.DoesNotContain("cma_", line, StringComparison.Ordinal);
            if (line == "event: property_created") break;
        }
    }

    [Fact]
    public async Task The_download_link_ends()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var token = Base64Url.DecodeFromChars((await MadeAsync(office.Admin, Ask("Palm Row"))).Text("download_url")!.Split('/')[^1]);
        var ticket = JsonElement.Parse(token.AsSpan(32));
        var until = DateTimeOffset.FromUnixTimeSeconds(ticket.Long("until")) - TimeProvider.System.GetUtcNow();
        Assert.InRange(until, TimeSpan.FromDays(6.9), TimeSpan.FromDays(8.8));
        var links = server.Services.GetRequiredService<FileLinks>();
        (await server.Anonymous.GetAsync(links.Make(FileKey.Parse(ticket.Text("key")!), "cma.pdf", "application/pdf",
            TimeSpan.FromSeconds(-60)))).Must(410);
    }

    [Fact]
    public async Task A_report_is_written_in_the_offices_language_unless_it_is_asked_for_the_other()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar-AE" })).Must(200);
        foreach (var (asked, written) in new[] { ((string?)null, "ar"), ("en", "en") })
        {
            var started = (await office.Admin.PostAsync(Reports, Ask("Palm Row", asked))).Must(202);
            Assert.Equal(written, (await office.Admin.GetAsync($"{Reports}/{started.Text("cma_report_id")}")).Must(200).Text("language"));
        }
        var ordered = (await office.Admin.PostAsync("/api/v1/cma/analytics/reports/generate",
            new { report_type = "market_analysis", parameters = new { market = Town.Market } })).Must(202);
        var market = await office.Admin.GetAsync($"/api/v1/cma/analytics/reports/{ordered.Text("report_job_id")}");
        Assert.Equal("ar", market.Must(200).Text("language"));
    }

    [Fact]
    public async Task A_job_answers_with_a_link_that_is_made_when_it_is_read()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var started = (await office.Admin.PostAsync(Reports, Ask("Palm Row"))).Must(202);
        await DoneAsync(office.Admin, started);
        var status = (await office.Admin.GetAsync($"/api/v1/status/{started.Text("job_id")}")).Must(200);
        Assert.Equal("%PDF", (await server.Anonymous.GetAsync(status.Text("result.download_url")!)).Text[..4]);
        Assert.Equal(0, await server.CountAsync("platform.jobs where organization_id = $1 and result::text like '%/files/%'",
            office.OrganizationId));
        var (reader, _) = await office.NewUserWhoMayAsync("cma:read:own");
        (await reader.GetAsync($"/api/v1/status/{started.Text("job_id")}")).Must(404);
    }

    [Fact]
    public async Task No_figure_on_the_page_stays_when_those_of_the_document_change()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var report = await MadeAsync(office.Admin, Ask("Palm Row"));
        var document = PrintedFigures.WithoutBrand(report.At("report"));
        var (before, after) = (PrintedFigures.OfPage(document), PrintedFigures.OfPage(PrintedFigures.Changed(document)));
        Assert.True(before.Count > 150, $"only {before.Count} figures were found");
        Assert.Equal(before.Count, after.Count);
        // What stays are ranks (table, chart, map), how many months are listed, and what the sentences say ("the last 90 days").
        var words = PrintedFigures.InSentences(document);
        var ranks = document.At("comparables").GetArrayLength();
        var stayed = before.Zip(after).Where(p => p.First == p.Second && p.First != "0" && !words.Contains(p.First))
            .Select(p => p.First).ToList();
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(_ => Enumerable.Range(1, ranks))
            .Append(document.At("market_trends.months").GetArrayLength()).Select(r => $"{r}").Where(r => !words.Contains(r)).Order(),
            stayed.Order());
    }

    [Theory]
    [InlineData("en", "Sales of offices, shops, land in Palm Row", "0 arm's-length sales of offices, shops, land in Palm Row")]
    [InlineData("ar", "المكاتب، المحلات التجارية، الأراضي", "المكاتب، المحلات التجارية، الأراضي")]
    public async Task A_market_report_names_and_counts_the_kinds_of_property_that_it_was_ordered_for(
        string language, string note, string text)
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var started = (await office.Admin.PostAsync("/api/v1/cma/analytics/reports/generate", new
        {
            report_type = "market_analysis", language,
            parameters = new { market = Town.Market, location = "Palm Row", property_types = new[] { "land", "commercial" } },
        })).Must(202);
        var path = $"/api/v1/cma/analytics/reports/{started.Id()}";
        var report = await Eventually.UntilAsync(async () => (await office.Admin.GetAsync(path)).Must(200),
            r => r.Text("status") == "completed");
        Assert.Equal(0, report.Long("report.market_trends.sales"));
        Assert.Contains(report.At("report.notes").Items(), n => n.GetString()!.Contains(note, StringComparison.Ordinal));
        var page = System.Net.WebUtility.HtmlDecode((await office.Admin.GetAsync($"{path}/html")).Text);
        Assert.Contains(text, page, StringComparison.Ordinal);
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
        foreach (var form in (string[])["", "/html", "/pdf"])
            (await other.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}{form}")).Must(404);
    }

    [Fact]
    public async Task What_people_type_stays_text_on_the_page()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync("<b>Bold</b> & Co");
        var body = new { market = Town.Market,
            subject_property = new { address = "<script>alert(1)</script><img src=x onerror=alert(2)>, Palm Row", location = "Palm Row",
                bedrooms = 2, area_sqft = 960, property_type = "apartment" } };
        var report = await MadeAsync(office.Admin, body);
        var page = (await office.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}/html")).Text;
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Bold</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cover_carries_the_property_s_picture_and_the_office_s_brand_and_stays_as_it_was_made()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization",
            new { primary_color = "#7a1f3d", secondary_color = "#fdf6ec", orn = "ORN-4711" })).Must(200);
        var property = await office.NewPropertyAsync(Samples.Property(("address", "Quay House"), ("community", "Harbourside"),
            ("property_type", "apartment"), ("bedrooms", 2), ("square_feet", 964)));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Pixel), "file", "front.png" } };
        var image = (await office.Admin.SendAsync(HttpMethod.Post, $"/api/v1/properties/{property}/images", form)).Must(201);
        using var logo = new MultipartFormDataContent { { new ByteArrayContent(Pixel), "file", "logo.png" } };
        (await office.Admin.PostAsync("/api/v1/organization/logo", logo)).Must(200);
        var report = await MadeAsync(office.Admin, new { property_id = property, market = Town.Market });
        (await office.Admin.DeleteAsync($"/api/v1/properties/{property}/images/{image.Id()}")).Must(204);
        (await office.Admin.DeleteAsync("/api/v1/organization/logo")).Must(204);
        var page = await office.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}/html");
        Assert.Contains($"<img src=\"data:image/png;base64,{Convert.ToBase64String(Pixel)}\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, page.Text.Split("<img ").Length - 1);
        Assert.Contains("--accent:#7a1f3d", page.Text, StringComparison.Ordinal);
        // White letters would not be seen on that ground: the house's own stands in.
        Assert.DoesNotContain("#fdf6ec", page.Text, StringComparison.Ordinal);
        Assert.Contains("ORN-4711", page.Text, StringComparison.Ordinal);
        Assert.Contains("img-src data:", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_who_made_it_for_whom_and_counts_its_pages_but_the_cover()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync("Harbour & Sons Realty");
        (await office.Admin.PatchAsync("/api/v1/organization", new { phone = "+971 4 555 0100", website = "https://harbour.example",
            orn = "4711" })).Must(200);
        (await office.Admin.PutAsync($"/api/v1/marketing/agents/{office.AdminId}", new { title = "Senior consultant", name_ar = "ليلى حداد",
            brn = "48213" })).Must(200);
        var property = await office.NewPropertyAsync(Samples.Property(("address", "Quay House"), ("community", "Harbourside"),
            ("property_type", "apartment"), ("square_feet", 964), ("price", 9_990_000), ("currency", "AED")));
        var pages = (await PagesAsync("en")).ToArray();
        foreach (var said in (string[])["Prepared for", "Ms Amal Haddad", "BRN 48213", "Senior consultant", "ORN 4711", "+971 4 555 0100",
            "https://harbour.example"]) Assert.Contains(said, pages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Page", pages[0], StringComparison.Ordinal);
        for (var i = 1; i < pages.Length; i++)
            Assert.Contains($"Page {i + 1} of {pages.Length}", pages[i], StringComparison.Ordinal);
        Assert.Contains(pages, p => p.Contains("Asked today", StringComparison.Ordinal)
            && p.Contains("9,990,000", StringComparison.Ordinal));
        var arabic = string.Concat(await PagesAsync("ar"));
        Assert.Contains("درهم", arabic, StringComparison.Ordinal);
        Assert.DoesNotContain("AED", arabic, StringComparison.Ordinal);

        async Task<IEnumerable<string>> PagesAsync(string language)
        {
            var report = await MadeAsync(office.Admin,
                new { property_id = property, language, market = Town.Market, prepared_for = "Ms Amal Haddad" });
            var pdf = await office.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}/pdf");
            return (await PrintedFigures.TextOfAsync(pdf.Content)).TrimEnd('\f').Split('\f');
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Axe_finds_nothing_in_a_report_as_a_page(string language)
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync(Samples.Property(("address", "Quay House"), ("community", "Harbourside"),
            ("property_type", "apartment"), ("bedrooms", 2), ("square_feet", 964), ("price", 1_990_000), ("currency", "AED")));
        var report = await MadeAsync(office.Admin, new { property_id = property, language, market = Town.Market });
        await using var browser = await AxeBrowser.OpenAsync();
        await browser.MustBeCleanAsync((await office.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}/html")).Text, language);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/logo.png")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://logo.invalid/logo.png")]
    public async Task A_logo_that_cannot_be_had_makes_no_report_fail(string address)
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        await server.ExecuteAsync("update auth.organizations set logo_url = $2 where id = $1", office.OrganizationId, address);
        var report = await MadeAsync(office.Admin, Ask("Palm Row"));
        Assert.DoesNotContain("<img", (await office.Admin.GetAsync($"{Reports}/{report.Text("cma_report_id")}/html")).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_valued_is_refused_before_any_report_is_begun()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync(Reports, Ask("Atlantis under the sea"))).MustRefuse(422, "VAL_003");
        Assert.Equal(["language"],
            (await office.Admin.PostAsync(Reports,
                new { language = "fr", subject_property = new { location = "Palm Row", area_sqft = 900 } })).MustNameFields());
        Assert.Empty((await office.Admin.GetAsync(Reports)).Must(200).Items());
    }

    /// <summary>One white pixel as PNG.</summary>
    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg==");

    private static object Ask(string location, string? language = null) => new { market = Town.Market, language,
        subject_property = new { address = $"Sample House, {location}", location, bedrooms = 2, area_sqft = 960,
            property_type = "apartment" } };

    private static async Task<JsonElement> MadeAsync(Actor actor, object body) =>
        await DoneAsync(actor, (await actor.PostAsync(Reports, body)).Must(202));

    private static Task<JsonElement> DoneAsync(Actor actor, JsonElement started) =>
        Eventually.UntilAsync(async () => (await actor.GetAsync($"{Reports}/{started.Text("cma_report_id")}")).Must(200),
            r => r.Text("status") == "completed");
}
