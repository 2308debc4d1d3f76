using System.Text.Json;
using Microsoft.Playwright;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.DevServices;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.ApiTests.Marketing;

/// <summary>axe-core, of tests/Clients, looks at public pages in a real browser.</summary>
public sealed class AccessibilityTests(Server server)
{
    private static readonly string Axe = Path.Combine(PrivateServiceOptions.RepositoryFolder()!, "tests", "Clients", "node_modules",
        "axe-core", "axe.min.js");

    [Theory]
    [InlineData("tmpl_dubai_page", 0)]
    [InlineData("tmpl_dubai_luxury_page", 3)]
    public async Task Axe_finds_nothing_on_a_page_in_both_languages_wide_and_narrow(string template, int photos)
    {
        var page = await LaunchedAsync(template, photos);
        await using var browser = await OpenAsync();
        foreach (var (width, height) in new[] { (1280, 900), (375, 812) })
            foreach (var path in new[] { $"{page}?lang=en", $"{page}?lang=ar", $"{page}?sent&lang=en" })
                await MustBeCleanAsync(browser.Browser, path, width, height, _ => Task.CompletedTask);
    }

    [Fact]
    public async Task Axe_finds_nothing_on_a_form_that_comes_back_with_its_faults()
    {
        var page = await LaunchedAsync("tmpl_dubai_page", 1);
        await using var browser = await OpenAsync();
        await MustBeCleanAsync(browser.Browser, $"{page}?lang=en", 1280, 900, async shown =>
        {
            await shown.EvaluateAsync("document.querySelector('form').noValidate = true");
            await shown.ClickAsync("form button");
            await shown.WaitForSelectorAsync(".faults");
        });
    }

    [Theory]
    [InlineData("en", "Choose a password", "Confirm your e-mail address", "no longer good")]
    [InlineData("ar", "اختيار كلمة المرور", "تأكيد عنوان بريدك الإلكتروني", "لم يعد هذا الرابط صالحاً")]
    public async Task Pages_of_accounts_speak_the_browser_s_language_name_whom_they_are_for_and_send_a_new_link_where_one_has_ended(
        string language, string password, string verify, string ended)
    {
        await using var browser = await OpenAsync();
        foreach (var (path, title) in new[] { ("set-password", password), ("verify-email", verify) })
            await MustBeCleanAsync(browser.Browser, $"account/{path}#token=gone&for=lea@example.com&office=Harbour+%26+Sons", 375, 812,
                async page =>
                {
                    Assert.Equal((title, "Harbour & Sons", "lea@example.com"), (await page.InnerTextAsync("h1"),
                        await page.InnerTextAsync("#office"), await page.InnerTextAsync("#whom")));
                    if (path == "set-password") await page.FillAsync("#password", "Correct-Horse-2026!");
                    await page.ClickAsync("#form button");
                    await page.WaitForSelectorAsync("#again:not([hidden])");
                    Assert.Contains(ended, await page.InnerTextAsync("#answer"), StringComparison.Ordinal);
                    Assert.Equal("lea@example.com", await page.InputValueAsync("#address"));
                }, language);
    }

    private async Task MustBeCleanAsync(IBrowser browser, string path, int width, int height, Func<IPage, Task> then,
        string language = "en")
    {
        // The page's own rules let no script in: axe comes past them.
        await using var context = await browser.NewContextAsync(new() { BypassCSP = true, Locale = language,
            ViewportSize = new() { Width = width, Height = height } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(server.Client.BaseAddress!, path).ToString());
        await then(page);
        await page.AddScriptTagAsync(new() { Path = Axe });
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => {
                const r = await axe.run();
                const told = r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '));
                return { passes: r.passes.length, violations: told };
            }
            """);
        Assert.True(found.GetProperty("passes").GetInt32() > 10, "axe has looked at hardly anything");
        var violations = found.GetProperty("violations").EnumerateArray().Select(v => v.GetString()).ToList();
        Assert.True(violations.Count == 0, $"{path} at {width}: {string.Join(Environment.NewLine, violations)}");
    }

    private static async Task<OpenedBrowser> OpenAsync()
    {
        Assert.True(File.Exists(Axe), $"{Axe} is missing: ./test.sh installs it");
        var playwright = await Playwright.CreateAsync();
        return new OpenedBrowser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Installed(),
            ChromiumSandbox = Environment.UserName != "root", Args = ["--disable-gpu"] }));
    }

    private async Task<string> LaunchedAsync(string template, int photos)
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var property = await office.NewListingAsync();
        await office.AddPhotosAsync(property, photos);
        var (id, status) = await office.NewPackageAsync(property, ["landing_page"],
            new { languages = new[] { "en", "ar" }, templates = new { landing_page = template } });
        await office.ApproveAsync(id);
        (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/launch", new { })).Must(200);
        return status.Asset("landing_page").Text("url")!;
    }

    private sealed record OpenedBrowser(IPlaywright Playwright, IBrowser Browser) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Browser.DisposeAsync();
            Playwright.Dispose();
        }
    }
}
