using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using RealEstateOs.ApiTests.Cma;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Marketing;

public sealed class PackageTests(Server server)
{
    [Fact]
    public async Task A_package_becomes_ready_content_by_content_and_every_file_is_what_it_says()
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var property = await office.NewListingAsync();
        var (id, status) = await office.NewPackageAsync(property, ["postcard", "flyer", "email", "social"]);
        Assert.Equal("ready", status.Text("status"));
        Assert.Equal(["postcard_design", "flyer_design", "email_template", "social_posts", "landing_page"],
            status.At("package_contents").EnumerateObject().Select(c => c.Name));
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(await office.FileAsync(status.Asset("postcard_design"))),
            StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html", Encoding.UTF8.GetString(await office.FileAsync(status.Asset("email_template"))),
            StringComparison.OrdinalIgnoreCase);
        foreach (var (format, width, height) in new[] { ("story", 1080, 1920), ("post", 1080, 1080), ("landscape", 1200, 628) })
            Assert.Equal((width, height), JpegSize(await office.FileAsync(status.Asset("social_posts", format))));
        Assert.Contains("2,450,000", (await server.Anonymous.GetAsync(status.Asset("landing_page").Text("url")!)).Text,
            StringComparison.Ordinal);
        var told = (await Outbox.OfAsync(server, office, "marketing.content_changed")).Select(e => e.Payload.Text("content")).ToArray();
        Assert.Equal(5, told.Length);
        Assert.Equal(5, told.Distinct().Count());
        Assert.Equal(id, status.Text("campaign_id"));
    }

    [Fact]
    public async Task A_flyer_holds_real_text_and_embedded_fonts()
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var property = await office.NewListingAsync();
        var (_, status) = await office.NewPackageAsync(property, ["flyer"], new { languages = new[] { "en", "ar" } });
        foreach (var flyer in status.At("assets").Items().Where(a => a.Text("content") == "flyer_design"))
        {
            var pdf = await office.FileAsync(flyer);
            var text = await PrintedFigures.TextOfAsync(pdf);
            foreach (var fact in new[] { "2,450,000", "0071158760954", "Ada Admin", "48213", "12345" })
                Assert.Contains(fact, text, StringComparison.Ordinal);
            var fonts = await ToolAsync("pdffonts", pdf);
            Assert.Contains("CID TrueType", fonts, StringComparison.Ordinal);
            Assert.DoesNotContain("Type 3", fonts, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\s(yes|no)\s+no\s+(yes|no)\s+\d+\s+\d+\s*$", fonts.TrimEnd()); // emb, sub, uni
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public async Task A_package_is_whole_with_no_photograph_and_with_twelve_and_with_a_long_Arabic_name(int photos)
    {
        const string name = "عبد الرحمن محمد عبد العزيز آل مكتوم الفلاسي المهيري الشامسي";
        var office = await server.NewOfficeAsync("شركة الخليج العربي الدولية للوساطة العقارية وإدارة الممتلكات ذ.م.م");
        var property = await office.NewListingAsync();
        (await office.Admin.PutAsync($"/api/v1/marketing/agents/{office.AdminId}", new { name_ar = name })).Must(200);
        await office.AddPhotosAsync(property, photos);
        var (_, status) = await office.NewPackageAsync(property, ["postcard", "flyer", "email", "social"],
            new { languages = new[] { "en", "ar" } });
        Assert.All(status.At("assets").Items(), a => Assert.Equal("ready", a.Text("status")));
        foreach (var (content, pages) in new[] { ("flyer_design", 1), ("postcard_design", 2) })
            foreach (var asset in status.At("assets").Items().Where(a => a.Text("content") == content))
            {
                var pdf = await office.FileAsync(asset);
                var text = await PrintedFigures.TextOfAsync(pdf);
                Assert.Equal(pages, text.Count(c => c == '\f'));
                foreach (var fact in new[] { "2,450,000", "0071158760954", "48213" }) Assert.Contains(fact, text, StringComparison.Ordinal);
                // Without photographs none is shown, be it somebody else's; with twelve the file stays one that can be mailed.
                var pictures = (await ToolAsync("pdfimages", pdf, "-list")).Split('\n')
                    .Count(l => l.Contains(" image ", StringComparison.Ordinal));
                Assert.True(photos == 0 ? pictures == 0 : pictures > 0, $"{content} shows {pictures} pictures");
                Assert.InRange(pdf.Length, 5_000, 4_000_000);
            }
        var page = System.Net.WebUtility.HtmlDecode(
            (await server.Anonymous.GetAsync($"{status.Asset("landing_page").Text("url")}?lang=ar")).Text);
        Assert.Contains(name, page, StringComparison.Ordinal);
        Assert.Equal(photos, page.Split("<img src=\"/p/").Length - 1);
    }

    [Fact]
    public async Task A_print_ready_flyer_tells_the_press_where_to_cut()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var (id, _) = await office.NewPackageAsync(property, ["email"]);
        var started = (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/assets/generate", new
        {
            asset_types = new[] { "pdf_flyer" }, format_options = new { pdf_flyer = new { size = "A4", quality = "print_ready" } },
        })).Must(202);
        var status = await office.MadeAsync(started.Text("progress_tracking")!);
        Assert.Equal("completed", status.Text("status"));
        var info = await ToolAsync("pdfinfo", await office.FileAsync(status.At("assets").Items()[0]), "-box");
        Assert.Matches(@"TrimBox:\s+25\.\d+\s+25\.\d+\s+62[01]\.\d+\s+86[67]\.\d+", info);
        Assert.Matches(@"BleedBox:\s+1[67]\.\d+", info);
    }

    [Fact]
    public async Task Assets_are_counted_by_platform_and_size_and_only_what_changed_is_made_again()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var (id, _) = await office.NewPackageAsync(property, ["email"]);
        var order = new
        {
            asset_types = new[] { "pdf_flyer", "social_graphics", "email_html" },
            format_options = new { social_graphics = new { platforms = new[] { "instagram", "facebook" },
                sizes = new[] { "story", "post" } } },
        };
        var started = (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/assets/generate", order)).Must(202);
        Assert.Equal(6, started.Long("assets_to_generate"));
        var first = await office.MadeAsync(started.Text("progress_tracking")!);
        var again = await office.MadeAsync(
            (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/assets/generate", order)).Must(202).Text("progress_tracking")!);
        Assert.Equal(first.At("assets").Items().Select(a => a.Text("made_at")), again.At("assets").Items().Select(a => a.Text("made_at")));
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { price = 2_300_000 })).Must(200);
        var anew = await office.MadeAsync((await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/assets/generate", order)).Must(202)
            .Text("progress_tracking")!);
        Assert.All(first.At("assets").Items().Zip(anew.At("assets").Items()),
            pair => Assert.NotEqual(pair.First.Text("sha256"), pair.Second.Text("sha256")));
    }

    [Fact]
    public async Task The_plan_says_how_many_assets_an_hour_may_be_ordered()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var id = (await office.Admin.PostAsync(MarketingDesk.Campaigns,
            new { name = "Many", property_id = property, channels = new[] { "social" } })).Must(201).Text("id");
        var order = new { asset_types = new[] { "social_graphics" }, languages = new[] { "en", "ar" },
            format_options = new { social_graphics = new { platforms = new[] { "instagram", "facebook", "linkedin", "x" } } } };
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(24, (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/assets/generate", order)).Must(202)
                .Long("assets_to_generate"));
        var refused = await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/assets/generate", order);
        refused.MustRefuse(429, "RATE_002");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 3_000, 3_600);
    }

    [Fact]
    public async Task What_can_not_be_is_refused_with_all_its_faults()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        Assert.Equal(["property_id"],
            (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/full-package",
                new { property_id = "invalid_prop_123" })).MustNameFields());
        Assert.Equal(["property_id"],
            (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/full-package", new { property_id = 999_999_999 })).MustNameFields());
        Assert.Equal(["budget", "customizations.languages[0]", "target_channels"],
            (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/full-package", new
            {
                property_id = property, budget = -1, target_channels = Array.Empty<string>(),
                customizations = new { languages = new[] { "fr" } },
            })).MustNameFields().Order());
        Assert.Equal(["customizations.templates.postcard"], (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/full-package", new
        {
            property_id = property, customizations = new { templates = new { postcard = "tmpl_dubai_letter" } },
        })).MustNameFields());
    }

    [Fact]
    public async Task Templates_are_found_by_category_and_market_and_show_a_real_picture()
    {
        var office = await server.NewOfficeAsync();
        var found = (await office.Admin.GetAsync("/api/v1/marketing/templates?category=postcard&market=dubai")).Must(200);
        Assert.True(found.Long("total") >= 15, $"only {found.Long("total")} templates for Dubai");
        Assert.All(found.At("templates").Items(), t => Assert.Equal("postcard", t.Text("category")));
        Assert.Contains(found.At("templates").Items(), t => t.Text("id") == "tmpl_dubai_luxury");
        Assert.True((await office.Admin.GetAsync("/api/v1/marketing/templates?market=us")).Must(200).Long("total") >= 6);
        var picture = await server.Anonymous.GetAsync(found.At("templates").Items()[0].Text("preview_url")!);
        Assert.Equal("image/jpeg", picture.Header("Content-Type"));
        Assert.Equal((794, 559), JpegSize(picture.Content));
        Assert.Equal(["category", "market"],
            (await office.Admin.GetAsync("/api/v1/marketing/templates?category=carpet&market=moon")).MustNameFields().Order());
    }

    private static (int Width, int Height) JpegSize(byte[] jpeg)
    {
        for (var at = 2; at < jpeg.Length; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2)))
            if (jpeg[at + 1] is >= 0xC0 and <= 0xC2)
                return (BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 7)),
                    BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 5)));
        throw new InvalidDataException("This is no JPEG.");
    }

    private static async Task<string> ToolAsync(string tool, byte[] pdf, params string[] arguments)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, pdf, TestContext.Current.CancellationToken);
            using var process = Process.Start(new ProcessStartInfo(tool, [.. arguments, path]) { RedirectStandardOutput = true })!;
            return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
