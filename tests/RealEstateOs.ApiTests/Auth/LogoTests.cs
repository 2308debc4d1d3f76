using System.Text;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Marketing;
using SkiaSharp;

namespace RealEstateOs.ApiTests.Auth;

/// <summary>A logo is kept here, so that nobody needs a website to have one.</summary>
public sealed class LogoTests(Server server)
{
    private const string Organization = "/api/v1/organization", Logo = Organization + "/logo";

    [Fact]
    public async Task An_uploaded_logo_stands_on_pages_and_papers_and_its_address_needs_no_sign_in_and_does_not_end()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var (_, status) = await office.NewPackageAsync(property, ["landing_page"]);
        var page = status.Asset("landing_page").Text("url")!;
        var deal = (await office.NewDealAsync(members: [("value", 1_000_000), ("commission_rate", 2)])).Id();
        var statement = $"/api/v1/deals/{deal}/commission-statement";
        Assert.Equal(404, (await server.Anonymous.GetAsync($"{page}/logo.png")).Status);
        Assert.False(await ShowsPictureAsync());

        byte[] note = [0, 0, 0, 10, .. "tEXtAuthor\0Ada"u8, 0, 0, 0, 0];
        var picture = Picture(SKColors.Teal);
        var url = await UploadAsync(office, [.. picture[..33], .. note, .. picture[33..]]);
        Assert.Equal(url, (await office.Admin.GetAsync(Organization)).Must(200).Text("logo_url"));
        var kept = await FetchAsync(url);
        Assert.Equal((200, "image/png", "public, max-age=31536000, immutable"),
            (kept.Status, kept.Header("Content-Type"), kept.Header("Cache-Control")));
        Assert.Equal(picture, kept.Content);
        using var shown = SKBitmap.Decode((await server.Anonymous.GetAsync($"{page}/logo.png")).Content);
        Assert.Equal(SKColors.Teal, shown.GetPixel(5, 5));
        Assert.True(await ShowsPictureAsync());

        async Task<bool> ShowsPictureAsync() => Encoding.Latin1.GetString((await office.Admin.GetAsync(statement)).Content)
            .Contains("/Subtype /Image", StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_one_logo_and_what_is_replaced_is_gone()
    {
        var office = await server.NewOfficeAsync();
        var first = await UploadAsync(office, Picture(SKColors.Teal));
        // Who sends back what was shown changes nothing.
        Assert.Equal(first, (await office.Admin.PatchAsync(Organization, new { logo_url = first })).Must(200).Text("logo_url"));
        Assert.Equal(200, (await FetchAsync(first)).Status);
        var second = await UploadAsync(office, Picture(SKColors.Maroon));
        Assert.NotEqual(first, second);
        Assert.Equal((404, 200), ((await FetchAsync(first)).Status, (await FetchAsync(second)).Status));
        Assert.Equal("https://example.com/logo.png", (await office.Admin.PatchAsync(Organization,
            new { logo_url = "https://example.com/logo.png" })).Must(200).Text("logo_url"));
        Assert.Equal(404, (await FetchAsync(second)).Status);
        var third = await UploadAsync(office, Picture(SKColors.Navy));
        (await office.Admin.DeleteAsync(Logo)).Must(204);
        Assert.True((await office.Admin.GetAsync(Organization)).Must(200).IsNull("logo_url"));
        Assert.Equal(404, (await FetchAsync(third)).Status);
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_is_refused_and_only_who_manages_the_office_may_send_one()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(415, (await office.Admin.PostAsync(Logo, Form("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray()))).Status);
        Assert.Equal(413, (await office.Admin.PostAsync(Logo, Form([.. Picture(SKColors.Teal), .. new byte[3 * 1024 * 1024]]))).Status);
        Assert.Equal(["file"], (await office.Admin.PostAsync(Logo,
            new MultipartFormDataContent { { new StringContent("x"), "title" } })).MustNameFields());
        Assert.Equal(415, (await office.Admin.PostAsync(Logo, new { url = "https://example.com/logo.png" })).Status);
        var (agent, _, _) = await office.NewUserAsync("agent");
        (await agent.PostAsync(Logo, Form(Picture(SKColors.Teal)))).MustRefuse(403, "AUTH_003");
        (await agent.DeleteAsync(Logo)).MustRefuse(403, "AUTH_003");
        Assert.True((await office.Admin.GetAsync(Organization)).Must(200).IsNull("logo_url"));
    }

    private static async Task<string> UploadAsync(Office office, byte[] picture) =>
        (await office.Admin.PostAsync(Logo, Form(picture))).Must(200).Text("logo_url")!;

    private Task<Answer> FetchAsync(string url) => server.Anonymous.GetAsync(new Uri(url).AbsolutePath);

    private static MultipartFormDataContent Form(byte[] file) => new() { { new ByteArrayContent(file), "file", "logo.png" } };

    private static byte[] Picture(SKColor colour)
    {
        using var bitmap = new SKBitmap(80, 40);
        bitmap.Erase(colour);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
