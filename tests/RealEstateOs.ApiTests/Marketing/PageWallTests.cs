using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Rendering;
using SkiaSharp;

namespace RealEstateOs.ApiTests.Marketing;

/// <summary>What stands behind the cleaning of templates: the browser itself lets a page reach nothing.</summary>
public sealed class PageWallTests(Server server)
{
    private const int Side = 100;

    [Fact]
    public async Task A_page_shows_the_pictures_it_brings_runs_no_script_and_reaches_neither_this_machine_nor_the_network()
    {
        var folder = Directory.CreateTempSubdirectory("reos-test-");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        try
        {
            var elsewhere = Path.Combine(folder.FullName, "elsewhere.png");
            await File.WriteAllBytesAsync(elsewhere, Picture(SKColors.Blue, SKEncodedImageFormat.Png),
                TestContext.Current.CancellationToken);
            var address = $"http://{listener.LocalEndpoint}/picture.png";
            string[] sources = ["brought.jpg", new Uri(elsewhere).AbsoluteUri, $"../{folder.Name}/elsewhere.png", address];
            var html = $"<!doctype html><body style='margin:0;display:flex'><script>document.body.style.background = 'black'</script>"
                + string.Concat(sources.Select(s => $"<img src='{s}' alt='' style='width:{Side}px;height:{Side}px'>"))
                + $"<iframe src='{new Uri(elsewhere).AbsoluteUri}' style='border:0;width:{Side}px;height:{Side}px'></iframe>";

            var renderer = server.Services.GetRequiredService<PageRenderer>();
            using var shown = SKBitmap.Decode(
                await renderer.ImageAsync(html, [new("brought.jpg", Picture(SKColors.Red, SKEncodedImageFormat.Jpeg))], 6 * Side, Side,
                    ImageKind.Png, TestContext.Current.CancellationToken));

            Assert.Equal((6 * Side, Side), (shown.Width, shown.Height));
            Assert.True(shown.GetPixel(Side / 2, Side / 2) is { Red: > 240, Green: < 15, Blue: < 15 }, "the picture that it brings");
            for (var place = 1; place < 5; place++)
                for (var x = (place * Side) + (Side / 3); x < (place + 1) * Side; x++)
                    Assert.False(shown.GetPixel(x, Side * 2 / 3) is { Blue: > 200, Red: < 100 }, $"place {place} shows another file");
            Assert.Equal(SKColors.White, shown.GetPixel((6 * Side) - 1, Side - 1)); // no script has painted the paper
            Assert.False(listener.Pending(), "the page has asked the network");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Picture(SKColor color, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(200, 200);
        bitmap.Erase(color);
        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }
}
