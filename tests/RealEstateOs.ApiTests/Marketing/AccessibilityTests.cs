using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Marketing;

/// <summary>axe-core looks at landing pages in a real browser.</summary>
public sealed class AccessibilityTests(Server server)
{
    [Theory]
    [InlineData("tmpl_dubai_page", 0)]
    [InlineData("tmpl_dubai_luxury_page", 3)]
    public async Task Axe_finds_nothing_on_a_page_in_both_languages_wide_and_narrow(string template, int photos)
    {
        var page = await LaunchedAsync(template, photos);
        await using var browser = await AxeBrowser.OpenAsync();
        foreach (var (width, height) in new[] { (1280, 900), (375, 812) })
            foreach (var path in new[] { $"{page}?lang=en", $"{page}?lang=ar", $"{page}?sent&lang=en" })
                await browser.MustBeCleanAsync(Of(path), width: width, height: height);
    }

    [Fact]
    public async Task Axe_finds_nothing_on_a_form_that_comes_back_with_its_faults()
    {
        var page = await LaunchedAsync("tmpl_dubai_page", 1);
        await using var browser = await AxeBrowser.OpenAsync();
        await browser.MustBeCleanAsync(Of($"{page}?lang=en"), async shown =>
        {
            await shown.EvaluateAsync("document.querySelector('form').noValidate = true");
            await shown.ClickAsync("form button");
            await shown.WaitForSelectorAsync(".faults");
        });
    }

    private Uri Of(string path) => new(server.Client.BaseAddress!, path);

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
}
