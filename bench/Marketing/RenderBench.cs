using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PuppeteerSharp;
using PuppeteerSharp.Media;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Marketing.Templates;
using RealEstateOs.Platform.Rendering;
using SkiaSharp;

namespace RealEstateOs.Bench.Marketing;

/// <summary>
/// The same pages, each way: on the renderer's warm pages, and in a context of its own that is opened and closed for it in a browser that
/// is warm as well. In turns, so that both meet the same machine.
/// </summary>
internal static class RenderBench
{
    private const int Rounds = 4, AtOnce = 2;

    private sealed record Wanted(string Name, string Html, IReadOnlyCollection<PagePicture> Pictures, int Width, int Height)
    {
        /// <summary>With its pictures inside, for a page that is told what it shows.</summary>
        public string WithPictures => Pictures.Aggregate(Html, (html, picture) => html.Replace($"\"{picture.Name}\"",
            $"\"data:image/jpeg;base64,{Convert.ToBase64String(picture.Content)}\"", StringComparison.Ordinal));
    }

    public static async Task RunAsync(int count)
    {
        var wanted = await PagesAsync();
        await using var renderer = new PageRenderer(Options.Create(new RenderingOptions { Pages = AtOnce, RendersPerBrowser = 100_000 }),
            NullLogger<PageRenderer>.Instance);
        await using var browser = await Puppeteer.LaunchAsync(Chromium.Options(Chromium.Installed()!, TimeSpan.FromMinutes(1)));
        Console.WriteLine($"{Rounds * count} of each kind and way, {AtOnce} at a time:");
        var (allWarm, allCold) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var page in wanted)
        {
            await RoundAsync(2 * AtOnce, () => WarmAsync(renderer, page)); // both are warm before they are measured
            await RoundAsync(2 * AtOnce, () => ColdAsync(browser, page));
            var (warm, cold, each) = (TimeSpan.Zero, TimeSpan.Zero, new ConcurrentBag<double>());
            for (var round = 0; round < Rounds; round++)
            {
                warm += await RoundAsync(count, () => WarmAsync(renderer, page));
                cold += await RoundAsync(count, () => ColdAsync(browser, page));
            }
            for (var i = 0; i < count; i++) each.Add((await TimedAsync(() => WarmAsync(renderer, page))).TotalMilliseconds);
            (allWarm, allCold) = (allWarm + warm, allCold + cold);
            var all = Rounds * count;
            Console.WriteLine($"  {page.Name,-10} warm {all / warm.TotalSeconds,6:F1}/s   own context {all / cold.TotalSeconds,6:F1}/s"
                + $"   ratio {cold / warm,5:F2}   alone, median {each.Order().ElementAt(each.Count / 2),6:F0} ms");
        }
        Console.WriteLine($"  all        ratio {allCold / allWarm:F2}");
    }

    private static async Task<byte[]> WarmAsync(PageRenderer renderer, Wanted page) => page.Width == 0
        ? await renderer.PdfAsync(page.Html, page.Pictures, CancellationToken.None)
        : await renderer.ImageAsync(page.Html, page.Pictures, page.Width, page.Height, ImageKind.Jpeg, CancellationToken.None);

    private static async Task<byte[]> ColdAsync(IBrowser browser, Wanted wanted)
    {
        await using var context = await browser.CreateBrowserContextAsync();
        var page = await context.NewPageAsync();
        await page.SetJavaScriptEnabledAsync(false);
        await page.SetOfflineModeAsync(true);
        if (wanted.Width > 0) await page.SetViewportAsync(new() { Width = wanted.Width, Height = wanted.Height });
        await page.SetContentAsync(wanted.WithPictures, new SetContentOptions { WaitUntil = [WaitUntilNavigation.Load] });
        return wanted.Width > 0
            ? await page.ScreenshotDataAsync(new() { Type = ScreenshotType.Jpeg, Quality = 90, CaptureBeyondViewport = false })
            : await page.PdfDataAsync(new() { Format = PaperFormat.A4, PrintBackground = true, PreferCSSPageSize = true, Tagged = true,
                Outline = true });
    }

    private static async Task<TimeSpan> RoundAsync(int count, Func<Task<byte[]>> make)
    {
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
        {
            if ((await make()).Length < 5_000) throw new InvalidOperationException("That is no advertisement.");
        });
        return clock.Elapsed;
    }

    private static async Task<TimeSpan> TimedAsync(Func<Task<byte[]>> make)
    {
        var clock = Stopwatch.StartNew();
        await make();
        return clock.Elapsed;
    }

    private static async Task<List<Wanted>> PagesAsync()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var pages = new AdPages(services.GetRequiredService<IServiceScopeFactory>(), NullLoggerFactory.Instance);
        var photos = Enumerable.Range(0, 4).Select(i => new PagePicture($"photo-{i}.jpg", Photo(i, i == 0 ? 1900 : 900))).ToList();
        var (flyer, social) = (StarterTemplates.Find("tmpl_dubai_editorial")!.Design, StarterTemplates.Find("tmpl_dubai_overlay")!.Design);
        var ad = SampleAd.Of(TemplateMarket.Dubai, "new_listing", AdLanguage.En) with
        {
            Photos = [.. photos.Select(p => new AdPhoto(p.Name, p.Ratio))],
        };
        var wanted = new List<Wanted>
        {
            new("A4 flyer", await pages.PrintAsync(ad, flyer.Layout, flyer.Style, new AdSheet(AdFormat.A4, false)), photos, 0, 0),
        };
        foreach (var format in new[] { AdFormat.Story, AdFormat.Post, AdFormat.Landscape })
            wanted.Add(new(format.Name, await pages.PictureAsync(ad, social.Layout, social.Style, new AdSheet(format, false)), photos,
                (int)format.Width, (int)format.Height));
        return wanted;
    }

    /// <summary>As noisy as a photograph, so that it is as large as one.</summary>
    private static byte[] Photo(int number, int width)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, width * 2 / 3));
        using var paint = new SKPaint { Shader = SKShader.CreatePerlinNoiseFractalNoise(0.02f, 0.02f, 5, number) };
        surface.Canvas.DrawPaint(paint);
        using var image = surface.Snapshot();
        using var jpeg = image.Encode(SKEncodedImageFormat.Jpeg, 86);
        return jpeg.ToArray();
    }
}
