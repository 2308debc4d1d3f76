using System.Net.Http.Headers;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Properties;

public sealed class PropertyImageTests(Server server)
{
    // The smallest PNG there is: one pixel.
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
