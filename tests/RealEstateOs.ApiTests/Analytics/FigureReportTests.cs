using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MiniExcelLibs;
using RealEstateOs.Analytics.Reports;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>Reports of figures: every form holds what a recount gives, nobody else reads them, schedules keep to the office's
/// clock.</summary>
public sealed class FigureReportTests(Server server)
{
    private const string Path = "/api/v1/analytics/reports";

    [Theory]
    [InlineData("pdf")]
    [InlineData("xlsx")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task A_report_holds_the_figures_in_each_of_its_forms(string format)
    {
        var office = await server.NewOfficeAsync();
        await WinAsync(office, 400_000, 3);
        await WinAsync(office, 600_000, 2);
        var before = await WinAsync(office, 500_000, 2);
        await server.ExecuteAsync(
            "update deals.deals set closed_at = now() - interval '40 days', created_at = now() - interval '50 days' where id = $1", before);
        var started = (await office.Admin.PostAsync($"{Path}/custom", new
        {
            report_name = "=Half", metrics = new[] { "properties_sold", "gross_commission", "market_share" },
                segments = new[] { "property_type", "price_range", "location", "agent", "source" },
            comparisons = new[] { "previous_period", "year_over_year" }, format,
        })).Must(202);
        Assert.StartsWith("rpt_analytics_", started.Text("report_id"), StringComparison.Ordinal);
        var report = await DoneAsync(office.Admin, started.Text("report_id")!);
        var metrics = report.At("report.metrics").Items().ToDictionary(m => m.Text("metric")!);
        Assert.Equal((2m, 24_000m), (metrics["properties_sold"].Number("value"), metrics["gross_commission"].Number("value")));
        Assert.Equal((1m, 1m), (metrics["properties_sold"].Number("compared.previous_period.previous"),
            metrics["properties_sold"].Number("compared.previous_period.change")));
        Assert.True(metrics["properties_sold"].IsNull("compared.year_over_year.change"));
        var prices = report.At("report.tables").Items().First(t => t.Text("name") == "price_range").At("rows").Items().ToDictionary(r =>
            r.Text("label")!, r => r.At("values").Items()[0].GetInt64());
        Assert.Equal((1, 1), (prices["under 500,000"], prices["500,000 to 1 million"]));

        var file = (await server.Anonymous.GetAsync(new Uri(report.Text("download_url")!, UriKind.RelativeOrAbsolute).ToString())).Content;
        switch (format)
        {
            case "pdf": Assert.True(file.AsSpan().StartsWith("%PDF-"u8)); break;
            case "json": Assert.Equal(24_000m, JsonDocument.Parse(file).RootElement.At("metrics").Items()[1].Number("value")); break;
            case "csv": Assert.Contains("metrics,gross_commission,value,24000", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
            break;
            default:
                var rows = new MemoryStream(file).Query(useHeaderRow: true, sheetName: "metrics").Cast<IDictionary<string,
                    object?>>().ToList();
                Assert.Equal(24_000d, rows.First(r => (string?)r["metric"] == "gross_commission")["value"]);
                using (var book = new ZipArchive(new MemoryStream(file))) Assert.NotNull(book.GetEntry("xl/workbook.xml"));
                break;
        }
        (await (await office.NewUserAsync("manager")).Actor.GetAsync($"{Path}/{started.Text("report_id")}")).Must(404);
    }

    [Fact]
    public async Task A_text_comes_out_of_a_workbook_as_it_went_in()
    {
        string[] texts = ["+971 50 123 4567", "00123", "=1+1", "@home", "14:30", "2026-03-29"];
        var content = new ReportContent(
            "t", default, default, "UTC", "USD", "o", [],
                [new("texts", "Texts", ["n"], [.. texts.Select((t, i) => new ReportRow(t, [i]))])], [], [], true, true);
        var file = await server.Services.GetRequiredService<ReportFiles>().WriteAsync(content, FigureReportFormat.Xlsx, Plain,
            TestContext.Current.CancellationToken);
        var rows = new MemoryStream(file).Query(useHeaderRow: true, sheetName: "texts").Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(texts, rows.Select(r => Assert.IsType<string>(r["texts"])));
    }

    [Fact]
    public async Task An_office_that_writes_arabic_gets_its_report_in_arabic_and_programs_get_the_names_that_they_know()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar-AE" })).Must(200);
        await WinAsync(office, 400_000, 3);
        var started = (await office.Admin.PostAsync($"{Path}/generate", new { report_type = "deals" })).Must(202);
        var report = await DoneAsync(office.Admin, started.Text("report_id")!);
        Assert.Equal(("الصفقات", "ar"), (report.Text("name"), report.Text("report.language")));
        Assert.Contains("properties_sold", report.At("report.metrics").Items().Select(m => m.Text("metric")));
        Assert.Contains("نوع العقار", report.At("report.tables").Items().Select(t => t.Text("title")));
        var page = new FigurePage(report.At("report").Deserialize<ReportContent>(Json.Options)!, Plain).Markup;
        Assert.Contains("dir=\"rtl\"", page, StringComparison.Ordinal);
        Assert.Contains("<td>عقارات بيعت</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_figure_segment_and_comparison_has_a_name_in_arabic()
    {
        var words = FigureWords.Of("ar");
        string[] names = [.. MetricCatalogue.Names, .. Segments.Names, .. Segments.Columns, .. Comparisons.Names,
            .. Vocabulary.WordsOf(typeof(PropertyType)), .. Vocabulary.WordsOf(typeof(LeadSource))];
        Assert.All(names, name => Assert.Matches("[\\u0600-\\u06FF]", words.Name(name)));
    }

    [Fact]
    public async Task What_is_no_metric_or_may_not_be_counted_is_refused_at_once()
    {
        var office = await server.NewOfficeAsync();
        var refused = await office.Admin.PostAsync($"{Path}/custom", new { metrics = new[] { "happiness", "total_leads" },
            segments = new[] { "mood" }, comparisons = new[] { "rivals" } });
        Assert.Equal(["comparisons[0]", "metrics[0]", "segments[0]"], refused.MustNameFields().Order());
        foreach (var metric in MetricCatalogueNames) Assert.Contains(metric, refused.Text, StringComparison.Ordinal);
        Assert.Equal(["parameters.time_period"],
            (await office.Admin.PostAsync($"{Path}/generate",
            new { report_type = "performance", parameters = new { time_period = "soon" } })).MustNameFields());
        Assert.Equal(["parameters.location"],
            (await office.Admin.PostAsync($"{Path}/generate",
            new { report_type = "market_analysis", parameters = new { location = "Atlantis" } })).MustNameFields());
        var (agent, _) = await office.NewUserWhoMayAsync("analytics:read", "analytics:create", "leads:read");
        (await agent.PostAsync($"{Path}/custom", new { metrics = new[] { "total_leads", "gross_commission" } })).MustRefuse(403,
            "AUTH_003");
        (await agent.PostAsync($"{Path}/generate", new { report_type = "market_report" })).MustRefuse(403, "AUTH_003");
        (await agent.PostAsync($"{Path}/generate", new { report_type = "leads", output_format = "csv" })).Must(202);
    }

    [Fact]
    public async Task A_report_shows_only_what_its_author_may_see()
    {
        var office = await server.NewOfficeAsync();
        var (own, id) = await office.NewUserWhoMayAsync("analytics:read", "analytics:create", "deals:read:own");
        await office.NewDealAsync(members: [("assigned_to", id), ("value", 100_000), ("commission_rate", 2), ("stage", "closed_won")]);
        await WinAsync(office, 900_000, 3);
        var started = (await own.PostAsync($"{Path}/custom", new { metrics = new[] { "gross_commission" },
            segments = new[] { "agent", "location" }, format = "json" })).Must(202);
        var report = await DoneAsync(own, started.Text("report_id")!);
        Assert.Equal(2_000m, report.At("report.metrics").Items()[0].Number("value"));
        Assert.All(report.At("report.tables").Items().Where(t => t.Text("name") is "agent" or "location"),
            t => Assert.Equal(1, t.At("rows").Items().Sum(r => r.At("values").Items()[0].GetInt64())));
        Assert.Equal("unknown", report.At("report.tables").Items().First(t =>
            t.Text("name") == "location").At("rows").Items()[0].Text("label"));
    }

    [Fact]
    public async Task The_performance_pack_and_a_market_report_are_made_in_the_background()
    {
        var office = await server.NewOfficeAsync();
        await office.NewLeadAsync();
        var pack = (await office.Admin.PostAsync("/api/v1/reports/performance", new { period = "30d", format = "json" })).Must(202);
        var report = await DoneAsync(office.Admin, pack.Text("report_id")!);
        Assert.Equal(1m, report.At("report.metrics").Items().First(m => m.Text("metric") == "total_leads").Number("value"));
        var market = (await office.Admin.PostAsync($"{Path}/generate",
            new { report_type = "market_analysis", parameters = new { location = "Dubai Marina", time_period = "12_months" },
            output_format = "pdf" })).Must(202);
        (await office.Admin.GetAsync($"/api/v1/cma/analytics/reports/{market.Text("report_job_id")}")).Must(200);
    }

    [Fact]
    public async Task A_scheduled_report_is_made_and_mailed_again_when_it_is_due_and_once()
    {
        var office = await server.NewOfficeAsync();
        await server.ExecuteAsync("update auth.users set email_verified_at = now() where id = $1", office.AdminId);
        var started = (await office.Admin.PostAsync($"{Path}/custom",
            new { report_name = "Weekly numbers", metrics = new[] { "total_leads" }, format = "csv", schedule = "weekly" })).Must(202);
        Assert.True(started.At("scheduled_delivery").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
        var id = long.Parse(started.Text("report_id")!.Split('_')[^1], System.Globalization.CultureInfo.InvariantCulture);
        await server.ExecuteAsync("update analytics.reports set next_due_at = now() - interval '1 minute' where id = $1", id);
        var job = ActivatorUtilities.CreateInstance<SendScheduledReports>(server.Services);
        await job.RunAsync(null!, TestContext.Current.CancellationToken);
        await job.RunAsync(null!, TestContext.Current.CancellationToken);
        var reports = (await office.Admin.GetAsync(Path)).Must(200).Items();
        Assert.Equal(2, reports.Length);
        await DoneAsync(office.Admin, reports[0].Text("report_id")!);
        var mail = $"platform.messages where reference = $1 and body like '%/{started.Text("report_id")}/schedule%'";
        Assert.Equal(1, await server.CountAsync(mail, reports[0].Text("report_id")!));
        (await office.Admin.DeleteAsync($"{Path}/{id}/schedule")).Must(204);
        Assert.True((await office.Admin.GetAsync($"{Path}/{id}")).Must(200).IsNull("scheduled_delivery"));
    }

    [Theory]
    [InlineData(ReportFrequency.Daily, "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z")] // the clock went forward
    [InlineData(ReportFrequency.Weekly, "2026-03-30T01:00:00Z", "2026-04-06T05:00:00Z")]
    [InlineData(ReportFrequency.Monthly, "2026-10-31T23:30:00Z", "2026-12-01T06:00:00Z")]
    public void The_next_delivery_is_at_seven_of_the_offices_own_clock(ReportFrequency frequency, string now, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, null), SendScheduledReports.Next(frequency, DateTimeOffset.Parse(now, null),
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    private static OrganizationBrand Plain => new("o", null, null, null, null, null);

    private static IEnumerable<string> MetricCatalogueNames => MetricCatalogue.Names;

    private static Task<JsonElement> DoneAsync(Actor actor, string report) => Eventually.UntilAsync(
        async () => (await actor.GetAsync($"{Path}/{report}")).Must(200),
        answer =>
        {
            Assert.NotEqual("failed", answer.Text("status"));
            return answer.Text("status") == "completed";
        });

    private static async Task<long> WinAsync(Office office, decimal value, decimal rate) =>
        (await office.NewDealAsync(members: [("assigned_to", office.AdminId), ("value", value), ("commission_rate", rate),
            ("stage", "closed_won")])).Id();
}
