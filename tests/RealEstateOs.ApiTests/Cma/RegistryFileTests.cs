using System.Diagnostics;
using System.Globalization;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>The land department's own file in the place of the sample market, as an operator loads it beside a running host.</summary>
public sealed class RegistryFileTests(Server server)
{
    private const string Header =
        "TRANSACTION_NUMBER,INSTANCE_DATE,PROCEDURE_EN,IS_OFFPLAN,IS_FREE_HOLD,AREA_EN,TRANS_VALUE,ACTUAL_AREA,PROCEDURE_AREA,USAGE_EN,PROP_TYPE_EN,PROP_SB_TYPE_EN,ROOMS_EN,PROJECT_EN,MASTER_PROJECT_EN";

    private const string RentHeader =
        "REGISTRATION_DATE,START_DATE,END_DATE,AREA_EN,ANNUAL_AMOUNT,ACTUAL_AREA,PROP_TYPE_EN,PROP_SUB_TYPE_EN,USAGE_EN,ROOMS,PROJECT_EN";

    private static readonly DateTime Today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;

    [Fact]
    public async Task Registered_sales_replace_the_sample_and_what_is_no_market_sale_moves_nothing()
    {
        await using var own = await OwnInstallation.OpenAsync(server, ("Cma:SampleMarket", "true"), ("Cma:SampleSales", "1200"),
            ("Cma:SampleRents", "300"), ("Cma:Poll", "00:00:01"));
        await using var host = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(host);
        Assert.Equal("sample", (await Eventually.UntilAsync(() => ValueAsync(admin), a => a.Status == 200)).Json.Text("market_data"));

        // One short of enough: the invented market still answers.
        Assert.Matches(@"dubai: 199 registered sales, 1,\d+ invented ones; answers stand on the invented ones \(sample\)",
            await ImportAsync(own, Sales().Take(199)));
        await ImportAsync(own, Sales());
        var registered = (await Eventually.UntilAsync(() => ValueAsync(admin), a => a.Json.Text("market_data") == "dld")).Json;
        var sales = await SoldAsync(admin);
        Assert.Equal(400, sales);
        Assert.Equal("dld", (await admin.GetAsync("/api/v1/cma/market/coverage")).Must(200).Text("market_data"));
        Assert.Equal("dld", (await admin.GetAsync("/api/v1/analytics/insights/market?location=Dubai Marina")).Must(200)
            .Text("market_data"));
        Assert.Equal("dld", (await admin.GetAsync("/api/v1/cma/analytics/dashboard/overview")).Must(200).Text("market_data"));
        var started = (await admin.PostAsync("/api/v1/cma/reports", new { subject_property = Home })).Must(202);
        Assert.Equal("dld", started.Text("market_data"));
        var report = await Eventually.UntilAsync(
            async () => (await admin.GetAsync($"/api/v1/cma/reports/{started.Text("cma_report_id")}")).Must(200),
            r => r.Text("status") == "completed");
        Assert.Equal(("dld", "dld"), (report.Text("market_data"), report.Text("report.market_data")));

        var said = await ImportAsync(own, NoMarketSales(), "no-market-sales.csv");
        foreach (var reason in (string[])["1 (part share)", "3 (other procedure)", "1 (development registration)", "1 (implausible price)",
            "1 (undeclared share)", "1 (implausible price per sqm)", "1 (implausible size)", "1 (future date)", "1 (too old)"])
            Assert.Contains($"set aside, no comparable: {reason}", said, StringComparison.Ordinal);
        Assert.Contains("13 rows", said, StringComparison.Ordinal);
        Assert.Contains("2 refused", said, StringComparison.Ordinal);
        Assert.Equal(1, await own.CountAsync(
            """
            market.imports where source = 'no-market-sales.csv' and rows_read = 13 and inserted = 11 and refused = 2 and jsonb_array_length(refusals) = 2 and set_aside = '{"part_share": 1, "other_procedure": 3,
            "development_registration": 1, "implausible_price": 1, "undeclared_share": 1, "implausible_price_per_sqm": 1, "implausible_size": 1, "future_date": 1, "too_old": 1}'
            """));
        // Kept with its reason, and its name as the text it is.
        Assert.Equal(3, await own.CountAsync(
            "market.sales where set_aside <> 'none' and (project like '=HYPERLINK%' or project like '+%' or project like '@%')"));
        Assert.Equal(registered.GetRawText(), (await ValueAsync(admin)).Must(200).GetRawText());
        Assert.Equal(sales, await SoldAsync(admin));

        Assert.Contains("11 homes of block deals stand aside", await ImportAsync(own, Block()), StringComparison.Ordinal);
        var again = (await Eventually.UntilAsync(() => ValueAsync(admin),
            a => a.Json.Long("model_version") != registered.Long("model_version"))).Json;
        // A block of twelve at half the rate is one sale of a hundred; it may be seen, but not move the price by its number.
        Assert.InRange(again.Number("valuation.estimated_value") / registered.Number("valuation.estimated_value"), 0.98m, 1.02m);
        Assert.Equal(sales + 1, await SoldAsync(admin));
        Assert.DoesNotContain("=HYPERLINK", again.GetRawText(), StringComparison.Ordinal);

        // Rents teach nothing about prices: hosts take them up without another look at the sales.
        Assert.Contains("no new sales to learn from", await ImportAsync(own, Rents(), "rents.csv", RentHeader), StringComparison.Ordinal);
        var let = (await Eventually.UntilAsync(() => ValueAsync(admin),
            a => a.Json.Long("model_version") > again.Long("model_version"))).Json;
        Assert.Equal(again.Number("valuation.estimated_value"), let.Number("valuation.estimated_value"));
        Assert.InRange(let.Number("valuation.rental.annual_rent"), 90_000, 110_000);
        Assert.Equal(again.At("market_data").GetRawText(), let.At("market_data").GetRawText());
    }

    private static IEnumerable<string> Rents()
    {
        for (var i = 0; i < 300; i++)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{Today.AddDays(-3 - i % 90):yyyy-MM-dd}T10:00:00,{Today:yyyy-MM-dd},{Today.AddDays(364):yyyy-MM-dd},Marsa Dubai,"
                + $"{98_000 + i % 5 * 1_000},80,Unit,Flat,Residential,1,Quay Tower");
    }

    private static async Task<long> SoldAsync(Actor admin) =>
        (await admin.GetAsync("/api/v1/cma/market/snapshot?location=Dubai Marina&time_frame_months=24")).Must(200) is var s
            && s.Text("market_data") == "dld" ? s.Long("sales") : -1;

    private static object Home => new { location = "Dubai Marina", community = "Dubai Marina", project = "Quay Tower",
        property_type = "apartment", bedrooms = 1, area_sqft = 860 };

    private static Task<Answer> ValueAsync(Actor actor) => actor.PostAsync("/api/v1/cma/valuation/quick", new { property = Home });

    private static IEnumerable<string> Sales()
    {
        for (var i = 0; i < 400; i++)
            yield return Row($"1-{i}-2026", Today.AddDays(-3 - i), "Sale", "Marsa Dubai", 20_000 * (1 + i * 7 % 11 / 100.0) * (70 + i % 20),
                70 + i % 20, 70 + i % 20, i % 2 == 0 ? "Quay Tower" : "Lagoon Tower");
    }

    private static IEnumerable<string> NoMarketSales()
    {
        var day = Today.AddDays(-2);
        yield return Row("3-1-2026", day, "Sale", "Marsa Dubai", 400_000, 80, 20, "Quay Tower"); // a quarter of a flat
        yield return Row("3-2-2026", day, "Grant", "Marsa Dubai", 500_000, 80, 80, "Quay Tower"); // a gift
        yield return Row("3-3-2026", day, "Lease to Own Registration", "Marsa Dubai", 600_000, 80, 80, "Quay Tower");
        yield return Row("3-4-2026", day, "Development Registration", "Marsa Dubai", 90_000_000, 80, 80, "Quay Tower");
        // A share of a home, at 1 dirham.
        yield return Row("3-5-2026", day, "Sale", "Marsa Dubai", 1, 80, 80, "=HYPERLINK(\"\"http://evil.example\"\")");
        yield return Row("3-6-2026", day, "Mortgage Registration", "Marsa Dubai", 700_000, 80, 80, "Quay Tower");
        yield return Row("3-7-2026", day, "Sale", "Marsa Dubai", 900_000_000, 80, 80, "+971 cmd|' /C calc'!A0");
        yield return Row("3-8-2026", day, "Sale", "Marsa Dubai", 40_000_000, 80, 80, "@SUM(1+1)"); // half a million a square metre
        yield return Row("3-9-2026", day, "Sale", "Marsa Dubai", 1_600_000, 0, 0, "Quay Tower");
        yield return Row("3-10-2026", new DateTime(2090, 1, 1), "Sale", "Marsa Dubai", 16_000_000, 80, 80, "Quay Tower");
        yield return Row("3-11-2026", new DateTime(1890, 1, 1), "Sale", "Marsa Dubai", 160_000, 80, 80, "Quay Tower");
        yield return Row("3-12-2026", day, "Sale", "", 1_600_000, 80, 80, "Quay Tower"); // no area
        yield return Row("", day, "Sale", "Marsa Dubai", 1_600_000, 80, 80, "Quay Tower"); // no number
    }

    /// <summary>Twelve homes at one rate on one day.</summary>
    private static IEnumerable<string> Block()
    {
        var day = Today.AddDays(-2);
        for (var i = 0; i < 12; i++)
            yield return Row($"4-{i}-2026", day, "Sale", "Marsa Dubai", 10_000 * (75 + i), 75 + i, 75 + i, "Quay Tower");
    }

    private static string Row(string number, DateTime day, string procedure, string area, double price, double size, double registered,
        string project) => string.Create(
            CultureInfo.InvariantCulture,
            $"{number},{day:yyyy-MM-dd}T10:00:00,{procedure},0,1,{area},{price:0.##},{size},{registered},Residential,Unit,Flat,1 B/R,\"{project}\",");

    /// <summary>What the operator's command says.</summary>
    private async Task<string> ImportAsync(OwnInstallation own, IEnumerable<string> rows, string fileName = "sales.csv",
        string header = Header)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(server.DataFolder, $"{Guid.NewGuid():n}")).FullName, fileName);
        await File.WriteAllLinesAsync(file, [header, .. rows], TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RealEstateOs.Host.dll"), "market", "import",
            file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in own.Settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        return said;
    }
}
