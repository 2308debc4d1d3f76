using System.Text.Json;
using Microsoft.Playwright;
using RealEstateOs.DevServices;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.ApiTests.Fixture;

/// <summary>A real browser, and axe-core of tests/Clients, which looks at what it shows.</summary>
internal sealed class AxeBrowser : IAsyncDisposable
{
    private static readonly string Axe = Path.Combine(PrivateServiceOptions.RepositoryFolder()!, "tests", "Clients", "node_modules",
        "axe-core", "axe.min.js");

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private AxeBrowser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<AxeBrowser> OpenAsync()
    {
        Assert.True(File.Exists(Axe), $"{Axe} is missing: ./test.sh installs it");
        var playwright = await Playwright.CreateAsync();
        return new AxeBrowser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Installed(),
            ChromiumSandbox = Environment.UserName != "root", Args = ["--disable-gpu"] }));
    }

    /// <summary>Axe finds nothing on the page, after what <paramref name="then"/> does there.</summary>
    public async Task MustBeCleanAsync(Uri address, Func<IPage, Task>? then = null, int width = 1280, int height = 900,
        string language = "en")
    {
        await using var context = await NewContextAsync(width, height, language);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        if (then is not null) await then(page);
        await MustBeCleanAsync(page, $"{address.PathAndQuery} at {width} in {language}");
    }

    /// <summary>
    /// The same of markup that lies nowhere, such as a mail. A letter from a person has no heading: it is held to WCAG 2.1 AA, not to what
    /// axe advises of pages beyond that.
    /// </summary>
    public async Task MustBeCleanAsync(string markup, string name, bool isLetter = false)
    {
        await using var context = await NewContextAsync(600, 900, "en");
        var page = await context.NewPageAsync();
        await page.SetContentAsync(markup);
        await MustBeCleanAsync(page, name, isLetter);
    }

    // A page's own rules let no script in: axe comes past them.
    private Task<IBrowserContext> NewContextAsync(int width, int height, string language) => browser.NewContextAsync(new()
    {
        BypassCSP = true, Locale = language, ViewportSize = new() { Width = width, Height = height },
    });

    private static async Task MustBeCleanAsync(IPage page, string name, bool isLetter = false)
    {
        await page.AddScriptTagAsync(new() { Path = Axe });
        var found = await page.EvaluateAsync<JsonElement>("""
            async isLetter => {
                const r = await axe.run(isLetter ? { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] } : {});
                const told = r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '));
                return { passes: r.passes.length, violations: told };
            }
            """, isLetter);
        Assert.True(found.GetProperty("passes").GetInt32() > (isLetter ? 3 : 10), $"{name}: axe has looked at hardly anything");
        var violations = found.GetProperty("violations").EnumerateArray().Select(v => v.GetString()).ToList();
        Assert.True(violations.Count == 0, $"{name}: {string.Join(Environment.NewLine, violations)}");
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
