using System.Globalization;
using Microsoft.Playwright;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.ApiTests.Jobs;

/// <summary>The operators' page in a real browser.</summary>
public sealed class JobsPageTests(Server server) : IAsyncLifetime
{
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = PageRenderer.Installed(), ChromiumSandbox = Environment.UserName != "root" });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }

    [Fact]
    public async Task An_operator_sees_queues_hosts_and_schedules_and_retries_and_deletes_failed_jobs()
    {
        var office = await server.NewOperatorAsync();
        await JobAsync(office, "'failed', 'campaign.watch', '{\"campaign_id\": 999999999}', '<b>The provider</b> was away.', 0, null");
        await JobAsync(office, "'failed', 'campaign.watch', '{\"campaign_id\": 999999999}', 'To be forgotten.', 0, null");
        await JobAsync(office, "'running', 'cma.report', '{}', null, 40, 'Comparing sales'");
        var page = await browser.NewPageAsync();
        await SignInAsync(page, office.AdminEmail);
        Assert.Equal("/jobs", new Uri(page.Url).AbsolutePath);

        var queues = page.Locator("#queues tr");
        await queues.Filter(new() { HasText = "mails" }).First.WaitForAsync();
        Assert.Contains("Done in the last hour", await queues.First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.Locator("#hosts tr").CountAsync() > 1);
        var running = page.Locator("#running tr").Filter(new() { HasText = "Comparing sales" });
        Assert.Contains("40 %", await running.InnerTextAsync(), StringComparison.Ordinal);
        var schedule = page.Locator("#recurring tr").Filter(new() { HasText = "cleanup.idempotency_keys" });
        var next = DateTimeOffset.Parse((await schedule.Locator("time").First.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);
        Assert.InRange(next, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddHours(1));

        var failed = page.Locator("#failed tr");
        var retried = failed.Filter(new() { HasText = "<b>The provider</b> was away." });
        Assert.Equal(1, await retried.CountAsync());
        await retried.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await page.Locator("#queues").WaitForAsync();
        Assert.Equal(0, await retried.CountAsync());
        await failed.Filter(new() { HasText = "To be forgotten." }).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByText("No failed jobs.").WaitForAsync();
        var left = await Outbox.UntilAsync(async () => (await office.Admin.GetAsync("/api/v1/audit-logs?resource_type=job")).Must(200), logs => logs.Items().Length == 2);
        Assert.Equal(["deleted", "replayed"], left.Items().Select(l => l.Text("action")!).Order());

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync(new Uri(server.Client.BaseAddress!, "/jobs").ToString());
        Assert.Equal("/jobs/login", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Who_is_no_operator_is_told_so_and_stays_outside()
    {
        var office = await server.NewOfficeAsync();
        var page = await browser.NewPageAsync();
        await SignInAsync(page, office.AdminEmail);
        Assert.Equal("This page is for operators of this installation.", await page.GetByRole(AriaRole.Alert).InnerTextAsync());
        await page.GotoAsync(new Uri(server.Client.BaseAddress!, "/jobs").ToString());
        Assert.Equal("/jobs/login", new Uri(page.Url).AbsolutePath);
        await SignInAsync(page, office.AdminEmail, "not the password");
        Assert.NotEqual("", await page.GetByRole(AriaRole.Alert).InnerTextAsync());
    }

    private async Task SignInAsync(IPage page, string email, string password = Office.Password)
    {
        page.SetDefaultTimeout(15_000);
        await page.GotoAsync(new Uri(server.Client.BaseAddress!, "/jobs").ToString());
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    private Task JobAsync(Office office, string values) => server.ExecuteAsync(
        $"""
         insert into platform.jobs (organization_id, queue, state, kind, input, error, progress, step, attempts, started_at, runner, lease_until, finished_at)
         select $1, 'tests', state, kind, input::jsonb, error, progress, step, 3, now(), 'test', case when state = 'running' then now() + interval '1 hour' end, case when state = 'failed' then now() end
         from (values ({values})) as v(state, kind, input, error, progress, step)
         """, office.OrganizationId);
}
