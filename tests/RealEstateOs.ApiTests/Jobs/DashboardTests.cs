using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.ApiTests.Jobs;

/// <summary>Hangfire's dashboard in a real browser.</summary>
public sealed class DashboardTests(Server server) : IAsyncLifetime
{
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium.Installed(), ChromiumSandbox = Environment.UserName != "root" });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }

    [Fact]
    public async Task An_operator_sees_hosts_and_schedules_and_requeues_and_deletes_failed_jobs_without_a_word_of_a_tenants_data()
    {
        var (operators, office) = (await server.NewOperatorAsync(), await server.NewOfficeAsync());
        var job = await FailedAsync(office);
        var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await SignInAsync(page, operators.AdminEmail);
        await page.WaitForURLAsync("**/hangfire");

        await GoAsync(page, "/recurring");
        var schedule = page.Locator("tr").Filter(new() { HasText = "cleanup.idempotency_keys" }).First;
        await schedule.WaitForAsync();
        Assert.Contains("0 7 * * * ?", await schedule.InnerTextAsync(), StringComparison.Ordinal);
        await GoAsync(page, "/servers");
        await page.GetByText(Environment.MachineName, new() { Exact = false }).First.WaitForAsync();

        await GoAsync(page, $"/jobs/details/{job.Hangfire}");
        var details = await page.Locator("body").InnerTextAsync();
        Assert.Contains("event.deliver", details, StringComparison.Ordinal);
        Assert.Contains($"job_{job.Id} failed for good", details, StringComparison.Ordinal);
        Assert.DoesNotContain("a-tenants-secret", await page.ContentAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Requeue" }).ClickAsync();
        await Eventually.UntilAsync(() => server.CountAsync("platform.jobs where runs = 2 and state = 'failed' and id = $1", job.Id),
            count => count == 1);
        page = await context.NewPageAsync(); // the old one loads itself anew
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await GoAsync(page, $"/jobs/details/{job.Hangfire}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Eventually.UntilAsync(() => server.CountAsync("platform.jobs where state = 'cancelled' and id = $1", job.Id),
            count => count == 1);

        page = await context.NewPageAsync();
        await GoAsync(page, "/login");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await GoAsync(page, "");
        Assert.Equal("/hangfire/login", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task An_administrator_of_an_office_stays_outside()
    {
        var office = await server.NewOfficeAsync();
        var page = await browser.NewPageAsync();
        await SignInAsync(page, office.AdminEmail);
        Assert.Equal("This page is for operators of this installation.", await page.GetByRole(AriaRole.Alert).InnerTextAsync());
        await GoAsync(page, "");
        Assert.Equal("/hangfire/login", new Uri(page.Url).AbsolutePath);
        await SignInAsync(page, office.AdminEmail, "not the password");
        Assert.NotEqual("", await page.GetByRole(AriaRole.Alert).InnerTextAsync());
    }

    [Fact]
    public async Task A_request_without_the_pages_token_does_nothing_and_a_viewer_only_looks()
    {
        var (operators, office) = (await server.NewOperatorAsync(), await server.NewOfficeAsync());
        var job = await FailedAsync(office);
        var delete = $"/hangfire/jobs/actions/delete/{job.Hangfire}";
        Assert.Equal(401, (await server.Anonymous.SendAsync(HttpMethod.Post, delete, null)).Status);

        using var client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Client.BaseAddress };
        var visitor = new Actor(client, null);
        Assert.Equal("/hangfire", (await visitor.GetAsync("/jobs")).Header("Location"));
        Assert.Equal("/hangfire/login", (await visitor.GetAsync("/hangfire")).Header("Location"));
        var form = await visitor.GetAsync("/hangfire/login");
        var guard = form.Header("Set-Cookie")!.Split(';')[0];
        (string, string)[] person = [("email", operators.AdminEmail), ("password", Office.Password)];
        Assert.Equal(400, (await SendFormAsync(visitor, "/hangfire/login", guard, person)).Status); // from another site
        var signedIn = await SendFormAsync(visitor, "/hangfire/login", guard, [.. person, ("__RequestVerificationToken", Token(form))]);
        var cookie = signedIn.Header("Set-Cookie")!;
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        var session = ("Cookie", $"{guard}; {cookie.Split(';')[0]}");
        Assert.Equal(403, (await visitor.SendAsync(HttpMethod.Post, delete, null, session)).Status);
        // The token of the page that nobody had signed in to is not the operator's.
        Assert.Equal(400, (await SendFormAsync(visitor, "/hangfire/logout", session.Item2,
            ("__RequestVerificationToken", Token(form)))).Status);
        var page = await visitor.GetAsync("/hangfire", session);
        Assert.Equal((200, "DENY"), (page.Status, page.Header("X-Frame-Options")));

        var role = (await operators.Admin.PostAsync("/api/v1/roles",
            new { name = "onlooker", permissions = new[] { "operations:read" } })).Must(201).Id();
        (await operators.Admin.PostAsync("/api/v1/users", new { email = $"other-{Guid.NewGuid():n}@example.com", password = Office.Password,
            first_name = "Bo", last_name = "Boss", role = "admin" })).Must(201);
        (await operators.Admin.PatchAsync($"/api/v1/users/{operators.AdminId}", new { role_ids = new[] { role } })).Must(200);
        var looked = await Eventually.UntilAsync(() => visitor.GetAsync($"/hangfire/jobs/details/{job.Hangfire}", session),
            p => !p.Text.Contains("actions/requeue", StringComparison.Ordinal));
        Assert.Equal(200, looked.Status);
        var token = Token(await visitor.GetAsync("/hangfire/login", session));
        Assert.Equal(302, (await SendFormAsync(visitor, "/hangfire/logout", session.Item2, ("__RequestVerificationToken", token))).Status);
        // A copy of the cookie opens nothing.
        Assert.Equal("/hangfire/login", (await visitor.GetAsync("/hangfire", session)).Header("Location"));
        Assert.Equal(1, await server.CountAsync("platform.jobs where state = 'failed' and id = $1", job.Id));
    }

    /// <summary>A job that fails whenever it runs: its subscription does not exist.</summary>
    private async Task<(long Id, string Hangfire)> FailedAsync(Office office)
    {
        await server.ExecuteAsync(
            "insert into platform.jobs (organization_id, kind, queue, input) "
                + "values ($1, 'event.deliver', 'events', '{\"subscription\": \"a-tenants-secret\", \"event_type\": "
                + "\"lead.created\", \"position\": 1}')", office.OrganizationId);
        var letters = await Eventually.UntilAsync(async () => (await office.Admin.GetAsync("/api/v1/admin/dlq")).Must(200).Items(),
            items => items.Length == 1);
        var id = letters[0].Id();
        await using var command = server.Services.GetRequiredService<DataSources>().System
            .CreateCommand($"select hangfire_id::text from platform.jobs where id = {id}");
        return (id, (string)(await command.ExecuteScalarAsync())!);
    }

    private static string Token(Answer page) =>
        Regex.Match(page.Text, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;

    private static Task<Answer> SendFormAsync(Actor visitor, string path, string cookies, params (string Name, string Value)[] fields) =>
        visitor.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)),
            ("Cookie", cookies));

    private Task GoAsync(IPage page, string path) => page.GotoAsync(new Uri(server.Client.BaseAddress!, "/hangfire" + path).ToString());

    private async Task SignInAsync(IPage page, string email, string password = Office.Password)
    {
        page.SetDefaultTimeout(15_000);
        await page.GotoAsync(new Uri(server.Client.BaseAddress!, "/jobs").ToString());
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync(),
            answer => answer.Request.Method == "POST");
    }
}
