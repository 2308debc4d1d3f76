using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PuppeteerSharp;
using PuppeteerSharp.Media;

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

/// <summary>The browser could not render this page, twice.</summary>
public sealed class RenderingFailedException(Exception cause)
    : Exception("The browser failed twice to render this page. Try again in a moment.", cause);

public enum ImageKind { Png, Jpeg }

/// <summary>
/// Renders HTML of our own to PDF and images in one Chromium with a few reused pages. The pages run no script and reach nothing but the
/// pictures they bring, so that content of one tenant can neither act nor leave. Started at the first use.
/// </summary>
public sealed class PageRenderer(IOptions<RenderingOptions> settings, ILogger<PageRenderer> log) : IAsyncDisposable
{
    private readonly RenderingOptions options = settings.Value;
    private readonly SemaphoreSlim places = new(Math.Max(1, settings.Value.Pages));
    private readonly SemaphoreSlim starting = new(1);
    private Running? current;

    /// <summary>An A4 document; margins and page breaks are the style sheet's.</summary>
    public Task<byte[]> PdfAsync(string html, IReadOnlyCollection<PagePicture> pictures, CancellationToken ct) =>
        RenderAsync(html, pictures, null, page => page.PdfDataAsync(new()
        {
            Format = PaperFormat.A4, PrintBackground = true, PreferCSSPageSize = true, Tagged = true, Outline = true,
        }), ct);

    /// <summary>A picture of exactly this size.</summary>
    public Task<byte[]> ImageAsync(string html, IReadOnlyCollection<PagePicture> pictures, int width, int height, ImageKind kind,
        CancellationToken ct) =>
        RenderAsync(html, pictures, new ViewPortOptions { Width = width, Height = height }, page => page.ScreenshotDataAsync(new()
        {
            Type = kind == ImageKind.Png ? ScreenshotType.Png : ScreenshotType.Jpeg, Quality = kind == ImageKind.Jpeg ? 90 : null,
            CaptureBeyondViewport = false,
        }), ct);

    private async Task<byte[]> RenderAsync(string html, IReadOnlyCollection<PagePicture> pictures, ViewPortOptions? size,
        Func<IPage, Task<byte[]>> take, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var running = await BrowserAsync(ct);
                try
                {
                    var limit = (int)options.Timeout.TotalMilliseconds;
                    return await OnPageAsync(running, page => page.ShowAsync(html, pictures, size, limit, take))
                        .WaitAsync(options.Timeout, ct);
                }
                catch (Exception exception) when (exception is PuppeteerException or TimeoutException)
                {
                    await RetireAsync(running);
                    if (attempt == 2) throw new RenderingFailedException(exception);
                    log.LogWarning("The browser is started anew: {Reason}", exception.Message);
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<byte[]> OnPageAsync(Running running, Func<WalledPage, Task<byte[]>> show)
    {
        if (!running.Idle.TryTake(out var page)) page = await WalledPage.OpenAsync(running.Context);
        var result = await show(page);
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
            var path = Chromium.Find(options.Chromium)
                ?? throw new RenderingUnavailableException(
                    "Chromium is not installed here, so no PDF can be made: install the package chromium-headless-shell or chromium, "
                    + "or set Rendering:Chromium to its path.");
            var browser = await Puppeteer.LaunchAsync(Chromium.Options(path, options.Timeout));
            return current = new Running(browser, await browser.CreateBrowserContextAsync());
        }
        catch (Exception exception) when (exception is PuppeteerException or TimeoutException or IOException)
        {
            throw new RenderingUnavailableException("Chromium could not be started, so no PDF can be made now.", exception);
        }
        finally
        {
            starting.Release();
        }
    }

    private async Task RetireAsync(Running running)
    {
        Interlocked.CompareExchange(ref current, null, running);
        try
        {
            await running.Browser.CloseAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (Exception exception) when (exception is PuppeteerException or TimeoutException)
        {
            log.LogWarning("A browser could not be closed: {Reason}", exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (current is { } running) await RetireAsync(running);
        places.Dispose();
        starting.Dispose();
    }

    private sealed class Running(IBrowser browser, IBrowserContext context)
    {
        public IBrowser Browser => browser;
        public IBrowserContext Context => context;
        public ConcurrentBag<WalledPage> Idle { get; } = [];
        public int Renders;
    }
}
