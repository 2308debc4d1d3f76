using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Jobs;

public sealed class SettlingTests(Server server)
{
    [Fact]
    public async Task A_host_serves_requests_before_it_runs_jobs_and_what_was_asked_for_meanwhile_is_done_by_the_next()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var settling = await OwnInstallation.OpenAsync(server, ("Jobs:Settle", "01:00:00"), ("Cma:SampleMarket", "false"));
        await using (var first = await settling.StartAsync())
        {
            await OwnInstallation.RegisterAsync(first);
            await Eventually.UntilAsync(() => settling.CountAsync("platform.jobs where state = 'queued'"), n => n > 0);
            Assert.Equal(0, await settling.CountAsync("hangfire.server"));
            Assert.Equal(0, await settling.CountAsync("platform.jobs where state <> 'queued'"));
        }

        await using var second = await HostProcess.StartAsync([.. settling.Settings, ("Jobs:Settle", "00:00:00")], ct);
        await Eventually.UntilAsync(() => settling.CountAsync("platform.jobs where state = 'completed'"), n => n > 0);
    }
}
