using System.Text;
using RealEstateOs.ApiTests.Cma;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Marketing;

public sealed class TemplateTests(Server server)
{
    private const string Templates = "/api/v1/marketing/templates";

    private const string Flyer =
        """
        <article><img class="hero" src="{{photo}}" alt=""><h1>{{headline}}</h1>
        {{#if price}}<p class="price">{{price}}</p>{{else}}<p>-</p>{{/if}}
        <ul>{{#each facts}}<li>{{value}} {{label}}</li>{{/each}}</ul>{{#each paragraphs}}<p>{{this}}</p>{{/each}}
        <p>{{agent_name}} · {{brn_label}} {{brn}} · {{orn_label}} {{orn}}</p>
        <p>{{#if permit_code}}<img class="qr" src="{{permit_code}}" alt="">{{/if}} {{permit_label}} {{permit_number}}</p></article>
        """;

    private const string Css = ".hero{height:90mm} h1{color:var(--accent);font-family:var(--display)} .qr{width:20mm;height:20mm}";

    [Fact]
    public async Task An_organization_writes_a_template_sees_it_changes_it_and_removes_it()
    {
        var office = await server.NewOfficeAsync();
        var made = (await office.Admin.PostAsync(Templates,
            new { name = "Harbour", category = "flyer", market = "dubai", html = Flyer, css = Css })).Must(201);
        var id = made.Text("id")!;
        Assert.StartsWith("mtmpl_", id, StringComparison.Ordinal);
        Assert.Equal("shows_required_details", made.Text("compliance"));
        Assert.Contains("permit_number", made.At("customizable_fields").Items().Select(f => f.GetString()));
        var picture = await server.Anonymous.GetAsync(made.Text("preview_url")!);
        Assert.Equal("image/jpeg", picture.Header("Content-Type"));
        Assert.True(picture.Content.Length > 10_000, $"the picture has {picture.Content.Length} bytes");
        var changed = (await office.Admin.PatchAsync($"{Templates}/{id}",
            new { name = "Harbour II", css = Css + " h1{color:#a00}" })).Must(200);
        Assert.Equal(("Harbour II", Flyer), (changed.Text("name"), changed.Text("html")));
        Assert.NotEqual(picture.Content, (await server.Anonymous.GetAsync(changed.Text("preview_url")!)).Content);
        Assert.Contains((await office.Admin.GetAsync($"{Templates}?category=flyer&market=dubai")).Must(200).At("templates").Items(),
            t => t.Text("id") == id && !t.IsTrue("is_starter") && t.IsNull("html"));
        (await office.Admin.DeleteAsync($"{Templates}/{id}")).Must(204);
        (await office.Admin.GetAsync($"{Templates}/{id}")).MustRefuse(404, "RES_001");
        (await office.Admin.PostAsync($"{Templates}/{id}/restore")).Must(200);
        Assert.Equal("Harbour II", (await office.Admin.GetAsync($"{Templates}/{id}")).Must(200).Text("name"));
    }

    [Fact]
    public async Task A_flyer_of_an_own_template_is_printed_with_real_text_and_made_again_when_the_template_changes()
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var property = await office.NewListingAsync();
        var template = await NewAsync(office, "flyer", Flyer);
        var (campaign, status) = await office.NewPackageAsync(property, ["flyer"],
            new { languages = new[] { "en", "ar" }, templates = new { flyer = template } });
        foreach (var flyer in status.At("assets").Items().Where(a => a.Text("content") == "flyer_design"))
        {
            Assert.Equal(("ready", template), (flyer.Text("status"), flyer.Text("template")));
            var text = await PrintedFigures.TextOfAsync(await office.FileAsync(flyer));
            foreach (var fact in new[] { "2,450,000", "0071158760954", "Ada Admin", "48213", "12345" })
                Assert.Contains(fact, text, StringComparison.Ordinal);
        }
        (await office.Admin.PatchAsync($"{Templates}/{template}", new { css = Css + " h1{color:#a00}" })).Must(200);
        var again = (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{campaign}/assets/generate",
            new { asset_types = new[] { "pdf_flyer" } })).Must(202);
        var anew = await office.MadeAsync(again.Text("progress_tracking")!);
        Assert.NotEqual(status.Asset("flyer_design").Text("sha256"), anew.At("assets").Items()[0].Text("sha256"));
    }

    [Fact]
    public async Task A_mail_of_an_own_template_has_its_styles_in_its_elements_and_pictures_at_addresses_of_ours()
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var property = await office.NewListingAsync(("permit_number", "0071158760954"));
        var template = await NewAsync(office, "email",
            """
            <div class="box"><h1>{{headline}}</h1><a href="{{link}}">{{call_to_action}}</a>
            <img src="{{permit_code}}" alt="">{{permit_number}} {{orn}} {{brn}}</div>
            """,
            ".box{padding:12px;color:var(--ink)}");
        var (_, status) = await office.NewPackageAsync(property, ["email"], new { templates = new { email = template } });
        var html = Encoding.UTF8.GetString(await office.FileAsync(status.Asset("email_template")));
        Assert.Matches("class=\"box\" style=\"padding: ?12px; ?color: ?#0d2b45;?\"", html);
        Assert.Matches("<img[^>]*src=\"http://[^\"]*/p/[^\"]*/permit\\.png\"", html);
    }

    [Theory]
    [InlineData("<article><script>fetch('http://169.254.169.254/')</script>{{headline}}</article>", "script")]
    [InlineData("<article><img src=\"file:///etc/passwd\" alt=\"\"></article>", "file:///etc/passwd")]
    [InlineData("<article><img src=\"http://169.254.169.254/latest/meta-data/\" alt=\"\"></article>", "169.254.169.254")]
    [InlineData("<article><img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"\"></article>", "data:image")]
    [InlineData("<article><img src=\"{{photo}}\" onerror=\"alert(1)\" alt=\"\"></article>", "onerror")]
    [InlineData("<article><a href=\"javascript:alert(1)\">x</a></article>", "javascript")]
    [InlineData("<article><a href=\"file:///etc/passwd\">x</a></article>", "file:///")]
    [InlineData("<article><iframe src=\"http://metadata.google.internal/\"></iframe></article>", "iframe")]
    [InlineData("<article><object data=\"file:///etc/passwd\"></object></article>", "object")]
    [InlineData("<article><style>@import 'file:///etc/passwd';</style></article>", "style")]
    [InlineData("<article><link rel=\"stylesheet\" href=\"http://169.254.169.254/\"></article>", "link")]
    [InlineData("<article><svg><image href=\"file:///etc/passwd\"/></svg></article>", "svg")]
    [InlineData("<article><meta http-equiv=\"refresh\" content=\"0;url=file:///etc/passwd\"></article>", "meta")]
    [InlineData("<article><p style=\"background:url(http://169.254.169.254/)\">x</p></article>", "url()")]
    [InlineData("<article><p>{{{headline}}}</p></article>", "unescaped")]
    [InlineData("<article><p>{{&headline}}</p></article>", "unescaped")]
    [InlineData("<article>{{owner_name}}</article>", "owner_name")]
    [InlineData("<article>{{#each organizations}}{{this}}{{/each}}</article>", "lists are")]
    [InlineData("<article>{{#each photos}}{{#each highlights}}{{this}}{{/each}}{{/each}}</article>", "within another")]
    [InlineData("<article>{{#with this}}{{this}}{{/with}}</article>", "it may have variables")]
    [InlineData("<article>{{lookup this 'constructor'}}</article>", "it may have variables")]
    [InlineData("<article>{{> partial}}</article>", "it may have variables")]
    [InlineData("<article>{{#each photos}}{{headline}}{{/each}}</article>", "headline")]
    [InlineData("<article>{{#unless price}}<script>1</script>{{/unless}}x</article>", "script")]
    [InlineData("<article><div></article></div>", "where")]
    [InlineData("<article><!-- x --></article>", "begins no element")]
    public async Task What_a_template_must_not_do_is_named_and_nothing_is_kept(string html, string told)
    {
        var office = await server.NewOfficeAsync();
        var refused = await office.Admin.PostAsync(Templates, new { name = "Hostile", category = "flyer", market = "dubai", html });
        Assert.Equal("html", refused.MustNameFields().Distinct().Single());
        Assert.Contains(told, refused.Json.At("errors").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain((await office.Admin.GetAsync(Templates)).Must(200).At("templates").Items(), t => !t.IsTrue("is_starter"));
    }

    [Theory]
    [InlineData("h1{background:url(file:///etc/passwd)}", "url()")]
    [InlineData("h1{background:URL('http://169.254.169.254/')}", "url()")]
    [InlineData("h1{background:image-set('http://169.254.169.254/' 1x)}", "image-set()")]
    [InlineData("@import 'http://169.254.169.254/';", "@import")]
    [InlineData("@font-face{font-family:x;src:url(file:///etc/passwd)}", "@font-face")]
    [InlineData("h1{background:u\\72l(http://169.254.169.254/)}", "\\\\")]
    [InlineData("h1{color:red}} .sheet{display:none", "closes nothing")]
    [InlineData("h1{content:\"}\"} .sheet{content:\"{\"}", "string")]
    [InlineData("html:has(&){height:9e9px}", "&")]
    [InlineData("h1{width:9000000px}", "five digits")]
    [InlineData("h1{grid-template-columns:repeat(99999,1px)}", "repeats")]
    [InlineData("h1{color:red} /* h2{}", "comment")]
    [InlineData("h1{color:red}</style><script>1</script>", "<")]
    [InlineData("a b c d e{color:red}", "parts")]
    public async Task What_a_style_sheet_must_not_do_is_named(string css, string told)
    {
        var office = await server.NewOfficeAsync();
        var refused = await office.Admin.PostAsync(Templates,
            new { name = "Hostile", category = "flyer", market = "dubai", html = "<h1>{{headline}}</h1>", css });
        Assert.Equal("css", refused.MustNameFields().Distinct().Single());
        Assert.Contains(told, refused.Json.At("errors").GetRawText().Replace("\\u0026", "&", StringComparison.Ordinal)
            .Replace("\\u003C", "<", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        var office = await server.NewOfficeAsync();
        var refused = await office.Admin.PostAsync(Templates, new { category = "flyer", css = "@import 'x'; h1{background:url(x)}",
            html = "<article><script>1</script><img src=\"file:///etc/passwd\" alt=\"\"><iframe></iframe></article>" });
        Assert.Equal(["css", "css", "html", "html", "html", "name"], refused.MustNameFields().Order());
        Assert.Equal(["html"], (await office.Admin.PostAsync(Templates,
            new { name = "x", category = "social", html = "<article>1</article><article>2</article>" })).MustNameFields());
    }

    [Theory]
    [MemberData(nameof(Floods))]
    public async Task Loops_over_everything_and_towers_of_elements_cost_little(string html)
    {
        var office = await server.NewOfficeAsync();
        var refused = await office.Admin.PostAsync(Templates, new { name = "Flood", category = "flyer", market = "dubai", html });
        Assert.Contains("html", refused.MustNameFields());
        Assert.Equal(200, (await office.Admin.GetAsync(Templates)).Status);
    }

    public static TheoryData<string> Floods =>
    [
        string.Concat(Enumerable.Repeat("{{#each photos}}<img src=\"{{this}}\" alt=\"\">{{/each}}", 300)),
        string.Concat(Enumerable.Repeat("<div>", 7_000)),
        string.Concat(Enumerable.Repeat("{{#each paragraphs}}<b><i>", 900)) + string.Concat(Enumerable.Repeat("{{/each}}", 900)),
        string.Concat(Enumerable.Range(0, 1_200).Select(i => $"<b class=\"c{i}\">"))
            + string.Concat(Enumerable.Repeat("<p>x</p>", 1_000)),
        "<p style=\"width:" + string.Concat(Enumerable.Repeat("calc(", 1_000)) + "1px\">x</p>",
        string.Concat(Enumerable.Repeat("{{headline}}", 1_500)),
    ];

    [Fact]
    public async Task Whatever_a_style_sheet_says_a_flyer_stays_one_page()
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var property = await office.NewListingAsync();
        var template = await NewAsync(office, "flyer", Flyer,
            "h1{position:fixed;height:90000px;width:90000px} p{height:90000px;break-before:page} "
                + "body{height:90000px} .sheet{height:90000px}");
        var (_, status) = await office.NewPackageAsync(property, ["flyer"], new { templates = new { flyer = template } });
        var pdf = await office.FileAsync(status.Asset("flyer_design"));
        Assert.Equal(1, (await PrintedFigures.TextOfAsync(pdf)).Count(c => c == '\f'));
    }

    [Fact]
    public async Task What_a_listing_says_is_text_in_a_template()
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var property = await office.NewListingAsync(("description", "Wide {{orn}} <script>alert(1)</script> & bright. {{#each photos}}"));
        var template = await NewAsync(office, "email", "<div>{{#each paragraphs}}<p>{{this}}</p>{{/each}}</div>");
        var (_, status) = await office.NewPackageAsync(property, ["email"], new { templates = new { email = template } });
        var html = Encoding.UTF8.GetString(await office.FileAsync(status.Asset("email_template")));
        Assert.Contains("{{orn}}", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_without_the_permit_says_so_and_blocks_the_launch_of_its_channel()
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var property = await office.NewListingAsync();
        var made = (await office.Admin.PostAsync(Templates,
            new { name = "Bare", category = "flyer", market = "dubai", html = "<h1>{{headline}}</h1><p>{{orn}} {{brn}}</p>" })).Must(201);
        Assert.Equal("misses_required_details", made.Text("compliance"));
        Assert.Equal(["permit_number", "permit_code"], made.At("missing_fields").Items().Select(f => f.GetString()));
        var (id, _) = await office.NewPackageAsync(property, ["flyer"], new { templates = new { flyer = made.Text("id") } });
        await office.ApproveAsync(id);
        var launch = (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/launch", new { })).Must(200);
        var outcomes = launch.At("channels").Items().ToDictionary(c => c.Text("channel")!);
        Assert.Equal(("blocked", "distributed"), (outcomes["flyer"].Text("outcome"), outcomes["landing_page"].Text("outcome")));
        Assert.Contains(outcomes["flyer"].At("findings").Items(), f => f.Text("code") == "dubai.details_not_shown");
    }

    [Fact]
    public async Task A_template_is_of_its_office_and_of_its_category()
    {
        var (office, stranger) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var property = await office.NewPropertyAsync();
        var theirs = await NewAsync(stranger, "flyer", "<h1>{{headline}}</h1>");
        var mail = await NewAsync(office, "email", "<h1>{{headline}}</h1>");
        foreach (var reference in new[] { theirs, mail, "mtmpl_999999999", "7" })
            Assert.Equal(["customizations.templates.flyer"], (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/full-package",
                new { property_id = property, customizations = new { templates = new { flyer = reference } } })).MustNameFields());
        (await office.Admin.GetAsync($"{Templates}/{theirs}")).MustRefuse(404, "RES_001");
        Assert.Equal(["category", "html", "name", "theme"], (await office.Admin.PostAsync(Templates,
            new { category = "landing_page", theme = "pink" })).MustNameFields().Order());
        var (agent, _, _) = await office.NewUserAsync("viewer");
        (await agent.PostAsync(Templates, new { name = "x", category = "flyer", html = "<p>x</p>" })).MustRefuse(403, "AUTH_003");
    }

    private static async Task<string> NewAsync(Office office, string category, string html, string css = Css) =>
        (await office.Admin.PostAsync(Templates, new { name = "Own", category, market = "dubai", html, css })).Must(201).Text("id")!;
}
