using System.Net.Http.Headers;
using RealEstateOs.ApiTests.Fixture;
using SkiaSharp;

namespace RealEstateOs.ApiTests.Properties;

public sealed class PropertyImageTests(Server server)
{
    // The smallest PNG there is: one pixel.
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static MultipartFormDataContent Form(byte[] file, string name, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(content, "file", name);
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        return form;
    }

    [Fact]
    public async Task An_uploaded_image_is_fetched_by_its_link_without_sign_in()
    {
        var office = await server.NewOfficeAsync();
        var path = $"/api/v1/properties/{await office.NewPropertyAsync()}/images";
        var image = (await office.Admin.PostAsync(path, Form(Png, "../../front.png", ("title", "Front"), ("order", "3")))).Must(201);
        Assert.Equal(("Front", 3m, true, "image/png"),
            (image.Text("title"), image.Number("order"), image.IsTrue("is_primary"), image.Text("content_type")));
        var fetched = await server.Anonymous.GetAsync(image.Text("url")!);
        Assert.Equal(200, fetched.Status);
        Assert.Equal(Png, fetched.Content);
        Assert.Equal("image/png", fetched.Header("Content-Type"));
        var listed = Assert.Single((await office.Admin.GetAsync(path)).Must(200).Items());
        Assert.Equal(image.Id(), listed.Id());
        (await office.Admin.DeleteAsync($"{path}/{image.Id()}")).Must(204);
        Assert.Equal(404, (await server.Anonymous.GetAsync(image.Text("url")!)).Status);
    }

    [Fact]
    public async Task What_is_no_image_is_refused_whatever_it_is_called()
    {
        var office = await server.NewOfficeAsync();
        var path = $"/api/v1/properties/{await office.NewPropertyAsync()}/images";
        foreach (var (file, name) in new[] { ("<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg"),
            ("<script>alert(1)</script>", "front.png"), ("MZ\0\0", "front.jpg") })
            Assert.Equal(415, (await office.Admin.PostAsync(path, Form(System.Text.Encoding.UTF8.GetBytes(file), name))).Status);
        Assert.Equal(413, (await office.Admin.PostAsync(path, Form([.. Png, .. new byte[21 * 1024 * 1024]], "huge.png"))).Status);
        Assert.Equal(["order"], (await office.Admin.PostAsync(path, Form(Png, "a.png", ("order", "first")))).MustNameFields());
        Assert.Equal(["file"], (await office.Admin.PostAsync(path,
            new MultipartFormDataContent { { new StringContent("x"), "title" } })).MustNameFields());
        foreach (var url in new[] { "file:///etc/passwd", "javascript:alert(1)", "front.jpg", "ftp://example.com/a.jpg" })
            Assert.Equal(["url"], (await office.Admin.PostAsync(path, new { url })).MustNameFields());
        Assert.Equal(["url"], (await office.Admin.PostAsync(path, new { title = "x" })).MustNameFields());
        Assert.Empty((await office.Admin.GetAsync(path)).Must(200).Items());
    }

    [Fact]
    public async Task What_happens_to_a_photograph_is_told_as_a_change_of_its_property()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var path = $"/api/v1/properties/{property}/images";
        var image = (await office.Admin.PostAsync(path, Form(Png, "front.png"))).Must(201).Id();
        Assert.Equal(1, await ToldAsync());
        (await office.Admin.PatchAsync($"{path}/{image}", new { title = "Front" })).Must(200);
        Assert.Equal(2, await ToldAsync());
        (await office.Admin.PatchAsync($"{path}/{image}", new { title = "Front" })).Must(200);
        Assert.Equal(2, await ToldAsync());
        (await office.Admin.DeleteAsync($"{path}/{image}")).Must(204);
        Assert.Equal(3, await ToldAsync());

        Task<long> ToldAsync() => server.CountAsync(
            "platform.outbox where event_type = 'property.updated' and (payload ->> 'property_id')::bigint = $1 and payload -> 'changed' "
                + "= '[\"images\"]'",
            property);
    }

    [Fact]
    public async Task Only_one_image_is_the_primary_one_however_many_are_set_at_once()
    {
        var office = await server.NewOfficeAsync();
        var path = $"/api/v1/properties/{await office.NewPropertyAsync()}/images";
        var answers = await Task.WhenAll(Enumerable.Range(1,
            8).Select(i => office.Admin.PostAsync(path, new { url = $"https://example.com/{i}.jpg", is_primary = true })));
        Assert.All(answers, a => a.Must(201));
        var images = (await office.Admin.GetAsync(path)).Must(200).Items();
        Assert.Equal(8, images.Length);
        Assert.Equal(8, images.Select(i => i.Number("order")).Distinct().Count());
        var primary = Assert.Single(images, i => i.IsTrue("is_primary"));
        var next = images.First(i => i.Id() != primary.Id());
        (await office.Admin.PatchAsync($"{path}/{next.Id()}", new { is_primary = true })).Must(200);
        (await office.Admin.DeleteAsync($"{path}/{next.Id()}")).Must(204);
        images = (await office.Admin.GetAsync(path)).Must(200).Items();
        Assert.True(images[0].IsTrue("is_primary"));
        Assert.Single(images, i => i.IsTrue("is_primary"));
    }

    [Theory]
    [InlineData(1, 40, 20)]
    [InlineData(6, 20, 40)]
    [InlineData(3, 40, 20)]
    public async Task A_photograph_loses_place_and_device_and_stands_upright(int orientation, int width, int height)
    {
        var office = await server.NewOfficeAsync();
        var path = $"/api/v1/properties/{await office.NewPropertyAsync()}/images";
        var image = (await office.Admin.PostAsync(path, Form(Photograph(orientation), "IMG_1.jpg"))).Must(201);
        var kept = (await server.Anonymous.GetAsync(image.Text("url")!)).Content;
        Assert.Equal(kept.Length, image.Long("file_size"));
        foreach (var secret in new[] { "Exif", "25 4 49", "http://ns.adobe.com", "Ada's phone", "film behind the end" })
            Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        using var shown = SKBitmap.Decode(kept);
        Assert.Equal((width, height), (shown.Width, shown.Height));
        // The corner that was red in the scene: above on the left.
        var corner = shown.GetPixel(3, 3);
        Assert.True(corner.Red > 200 && corner.Blue < 60, $"{corner}");
    }

    [Fact]
    public async Task Pixels_of_an_upright_photograph_stay_as_they_came_and_texts_of_other_kinds_go_too()
    {
        var office = await server.NewOfficeAsync();
        var path = $"/api/v1/properties/{await office.NewPropertyAsync()}/images";
        var plain = Scene(SKEncodedImageFormat.Jpeg, 1);
        Assert.Equal(plain, await KeptAsync(office, path, plain));
        Assert.Equal(plain, await KeptAsync(office, path, Photograph(1)));
        byte[] note = [0, 0, 0, 10, .. "tEXtAuthor\0Ada"u8, 0, 0, 0, 0];
        Assert.Equal(Png, await KeptAsync(office, path, [.. Png[..33], .. note, .. Png[33..]]));
        var webp = Scene(SKEncodedImageFormat.Webp, 1);
        Assert.Equal(webp, await KeptAsync(office, path, [.. webp, .. "XMP "u8, 4, 0, 0, 0, .. "Ada!"u8]));
        Assert.Equal(Gif, await KeptAsync(office, path,
            [.. Gif[..19], 0x21, 0xFE, 3, .. "Ada"u8, 0, 0x21, 0xFF, 11, .. "XMP DataXMP"u8, 3, .. "Ada"u8, 0, .. Gif[19..], .. "film"u8]));
    }

    [Fact]
    public async Task What_phones_send_and_browsers_do_not_show_is_refused_with_the_cure()
    {
        var office = await server.NewOfficeAsync();
        var path = $"/api/v1/properties/{await office.NewPropertyAsync()}/images";
        var refusal = (await office.Admin.PostAsync(path, Form([0, 0, 0, 24, .. "ftypheic"u8, .. new byte[40]], "IMG_2.HEIC"))).Must(415);
        Assert.Contains("Most Compatible", refusal.Text("detail"), StringComparison.Ordinal);
        byte[] broken = [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1];
        Assert.Equal(["file"], (await office.Admin.PostAsync(path, Form(broken, "broken.jpg"))).MustNameFields());
    }

    private async Task<byte[]> KeptAsync(Office office, string path, byte[] file) =>
        (await server.Anonymous.GetAsync((await office.Admin.PostAsync(path, Form(file, "a"))).Must(201).Text("url")!)).Content;

    /// <summary>
    /// As a phone makes it: the sensor's picture, with its orientation, place, device, a preview and a film behind the end.
    /// </summary>
    private static byte[] Photograph(int orientation)
    {
        var picture = Scene(SKEncodedImageFormat.Jpeg, orientation);
        byte[] exif =
        [
            .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, // one entry: the orientation
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, .. "GPS 25 4 49 N Ada's phone"u8,
        ];
        return [.. picture[..2], .. Segment(0xE1, exif), .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x/>"u8),
            .. Segment(0xFE, "Ada's phone"u8), .. picture[2..], .. "film behind the end"u8];
    }

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    // A wide scene of blue with a red corner above on the left, as the sensor sees it when the camera is held otherwise.
    private static byte[] Scene(SKEncodedImageFormat format, int orientation)
    {
        using var bitmap = new SKBitmap(40, 20);
        bitmap.Erase(SKColors.Blue);
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint { Color = SKColors.Red })
            canvas.DrawRect(SKRect.Create(orientation == 3 ? 32 : 0, orientation == 1 ? 0 : 12, 8, 8), paint);
        using var encoded = bitmap.Encode(format, 95);
        return encoded.ToArray();
    }

    [Fact]
    public async Task Another_tenant_finds_no_image()
    {
        var (one, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var path = $"/api/v1/properties/{await one.NewPropertyAsync()}/images";
        var id = (await one.Admin.PostAsync(path, new { url = "https://example.com/a.jpg" })).Must(201).Id();
        (await other.Admin.GetAsync(path)).MustRefuse(404, "RES_001");
        (await other.Admin.PostAsync(path, Form(Png, "a.png"))).MustRefuse(404, "RES_001");
        (await other.Admin.DeleteAsync($"{path}/{id}")).MustRefuse(404, "RES_001");
        Assert.Equal(404, (await other.Admin.DeleteAsync($"/api/v1/properties/{await other.NewPropertyAsync()}/images/{id}")).Status);
    }
}
