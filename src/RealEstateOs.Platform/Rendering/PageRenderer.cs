using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace RealEstateOs.Platform.Rendering;

/// <summary>Section <c>Rendering</c> of the configuration.</summary>
public sealed class RenderingOptions
{
    /// <summary>Path of Chromium; found in PATH where it is not given.</summary>
    public string? Chromium { get; set; }

    public int Pages { get; set; } = 2;

    /// <summary>The browser is started anew after so many pages, so that its memory does not grow for ever.</summary>
    public int RendersPerBrowser { get; set; } = 200;

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);
}

/// <summary>Nothing here can render pages; a sentence for the person who asked.</summary>
public sealed class RenderingUnavailableException(string message, Exception? cause = null) : Exception(message, cause);

public enum ImageKind { Png, Jpeg }

/// <summary>
/// Renders HTML of our own to PDF and images in one Chromium with a few reused pages. The pages run no script and reach no
/// network, so that content of one tenant can neither act nor leave. Started at the first use.
/// </summary>
public sealed class PageRenderer(IOptions<RenderingOptions> settings, ILogger<PageRenderer> log) : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private readonly RenderingOptions options = settings.Value;
    private readonly SemaphoreSlim places = new(Math.Max(1, settings.Value.Pages));
    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private Running? current;

    /// <summary>An A4 document; margins and page breaks are the style sheet's.</summary>
    public Task<byte[]> PdfAsync(string html, CancellationToken ct, string? footer = null) => RenderAsync(html, page => page.PdfAsync(new()
    {
        Format = "A4", PrintBackground = true, PreferCSSPageSize = true, Tagged = true, Outline = true,
        DisplayHeaderFooter = footer is not null, HeaderTemplate = "<span></span>", FooterTemplate = footer,
    }), ct);

    /// <summary>A picture of exactly this size.</summary>
    public Task<byte[]> ImageAsync(string html, int width, int height, ImageKind kind, CancellationToken ct) =>
        RenderAsync(html, async page =>
        {
            await page.SetViewportSizeAsync(width, height);
            return await page.ScreenshotAsync(new()
            {
                Type = kind == ImageKind.Png ? ScreenshotType.Png : ScreenshotType.Jpeg, Quality = kind == ImageKind.Jpeg ? 90 : null,
                Clip = new() { Width = width, Height = height },
            });
        }, ct);

    private async Task<byte[]> RenderAsync(string html, Func<IPage, Task<byte[]>> take, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var running = await BrowserAsync(ct);
                try
                {
                    return await OnPageAsync(running, html, take).WaitAsync(options.Timeout, ct);
                }
                catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
                {
                    await RetireAsync(running);
                    if (attempt == 2) throw;
                    log.LogWarning("The browser is started anew: {Reason}", exception.Message);
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<byte[]> OnPageAsync(Running running, string html, Func<IPage, Task<byte[]>> take)
    {
        if (!running.Idle.TryTake(out var page)) page = await running.Context.NewPageAsync();
        await page.SetContentAsync(html, new() { WaitUntil = WaitUntilState.Load, Timeout = (float)options.Timeout.TotalMilliseconds });
        var result = await take(page);
        await page.SetContentAsync("<!doctype html>");
        running.Idle.Add(page);
        if (Interlocked.Increment(ref running.Renders) >= options.RendersPerBrowser
            && places.CurrentCount == Math.Max(1, options.Pages) - 1) await RetireAsync(running);
        return result;
    }

    private async Task<Running> BrowserAsync(CancellationToken ct)
    {
        await starting.WaitAsync(ct);
        try
        {
            if (current is { Browser.IsConnected: true }) return current;
            var path = Find()
                ?? throw new RenderingUnavailableException("Chromium is not installed here, so no PDF can be made: install the package chromium, or set Rendering:Chromium to its path.");
            playwright ??= await Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = path, Headless = true,
                // Chromium's own sandbox refuses to run as root.
                ChromiumSandbox = Environment.UserName != "root", Args = ["--disable-gpu", "--font-render-hinting=none"],
            });
            var context = await browser.NewContextAsync(
                new() { JavaScriptEnabled = false, Offline = true, ServiceWorkers = ServiceWorkerPolicy.Block });
            return current = new Running(browser, context);
        }
        catch (PlaywrightException exception)
        {
            throw new RenderingUnavailableException("Chromium could not be started, so no PDF can be made now.", exception);
        }
        finally
        {
            starting.Release();
        }
    }

    private string? Find()
    {
        if (options.Chromium is { Length: > 0 } given)
            return File.Exists(given) ? given
                : throw new RenderingUnavailableException($"There is no Chromium at {given} (Rendering:Chromium).");
        return Installed();
    }

    /// <summary>The Chromium of this machine, if it has one.</summary>
    internal static string? Installed()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private async Task RetireAsync(Running running)
    {
        Interlocked.CompareExchange(ref current, null, running);
        try
        {
            await running.Browser.CloseAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            log.LogWarning("A browser could not be closed: {Reason}", exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (current is { } running) await RetireAsync(running);
        playwright?.Dispose();
        places.Dispose();
        starting.Dispose();
    }

    private sealed class Running(IBrowser browser, IBrowserContext context)
    {
        public IBrowser Browser => browser;
        public IBrowserContext Context => context;
        public ConcurrentBag<IPage> Idle { get; } = [];
        public int Renders;
    }
}
