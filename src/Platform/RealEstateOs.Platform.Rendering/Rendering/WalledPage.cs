using PuppeteerSharp;

namespace RealEstateOs.Platform.Rendering;

/// <summary>A page of the browser that runs no script, is offline, and is let at the files of what it shows and at nothing else.</summary>
internal sealed class WalledPage
{
    private readonly IPage page;
    private PageFiles? shown;

    private WalledPage(IPage page) => this.page = page;

    public static async Task<WalledPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.SetJavaScriptEnabledAsync(false);
        await page.SetOfflineModeAsync(true);
        await page.SetRequestInterceptionAsync(true);
        var walled = new WalledPage(page);
        page.AddRequestInterceptor(walled.DecideAsync);
        return walled;
    }

    /// <param name="size">Of the window, set before there is something to lay out; a document to print needs none.</param>
    public async Task<byte[]> ShowAsync(string html, IReadOnlyCollection<PagePicture> pictures, ViewPortOptions? size, int timeout,
        Func<IPage, Task<byte[]>> take)
    {
        using var files = new PageFiles();
        shown = files;
        var address = await files.WriteAsync(html, pictures);
        if (size is not null) await page.SetViewportAsync(size);
        await page.GoToAsync(address, new NavigationOptions { WaitUntil = [WaitUntilNavigation.Load], Timeout = timeout });
        return await take(page);
    }

    private Task DecideAsync(IRequest request) =>
        shown?.Holds(request.Url) == true ? request.ContinueAsync() : request.AbortAsync(RequestAbortErrorCode.AccessDenied);
}
