using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Survival;

public sealed class KilledReportTests(Server server)
{
    private const int Reports = 6;

    [Fact]
    public async Task Reports_of_a_host_that_is_killed_at_the_press_are_finished_by_another_each_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var own = await OwnInstallation.OpenAsync(server, ("Jobs:Lease", "00:00:02"), ("Cma:SampleMarket", "true"),
            ("Cma:SampleSales", "1500"), ("Cma:SampleRents", "500"));
        await using var first = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(first);
        var body = new { subject_property = new { address = "Kept House, Dubai Marina", location = "Dubai Marina", bedrooms = 2,
            area_sqft = 1200, property_type = "apartment" } };
        for (var i = 0; i < Reports; i++)
            await Eventually.UntilAsync(() => admin.PostAsync("/api/v1/cma/reports", body), a => a.Status == 202);
        await Eventually.UntilAsync(
            async () => await own.CountAsync("platform.jobs where kind = 'cma.report' and state = 'running' and step = 'Printing'"),
            n => n > 0);
        first.Kill();
        await first.EndedAsync(ct);
        Assert.NotEqual(0, await own.CountAsync("platform.jobs where kind = 'cma.report' and state <> 'completed'"));

        await using var second = await own.StartAsync();
        var again = new Actor(second.Client, admin.Token);
        var reports = await Eventually.UntilAsync(async () => (await again.GetAsync("/api/v1/cma/reports")).Must(200).Items().ToList(),
            all => all.TrueForAll(r => r.Text("status") == "completed"));
        Assert.Equal(Reports, reports.Count);
        foreach (var report in reports)
            Assert.Equal("%PDF", (await again.GetAsync($"/api/v1/cma/reports/{report.Text("cma_report_id")}/pdf")).Text[..4]);
        foreach (var (type, each) in new[] { ("cma.section_completed", 4), ("cma.report_completed", 1) })
            Assert.Equal(Reports * each, await own.CountAsync($"platform.outbox where event_type = '{type}'"));
    }
}
