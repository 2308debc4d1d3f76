using System.Text.Json;
using System.Text.RegularExpressions;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Marketing;

public sealed class LandingPageTests(Server server)
{
    private static Dictionary<string, string> Form(params (string Name, string Value)[] fields)
    {
        var form = new Dictionary<string, string> { ["name"] = "Nadia Visitor", ["email"] = $"nadia-{Guid.NewGuid():n}@example.com",
            ["when"] = "Saturday morning", ["consent"] = "yes" };
        foreach (var (name, value) in fields) form[name] = value;
        return form;
    }

    [Fact]
    public async Task A_request_for_a_viewing_becomes_a_lead_with_its_consent_and_is_counted()
    {
        var (office, property, campaign, page) = await LaunchedAsync();
        await server.Anonymous.GetAsync(page);
        await server.Anonymous.GetAsync(page);
        await server.Anonymous.SendAsync(HttpMethod.Head, page, null); // only looks whether it is there
        var form = Form();
        var sent = await server.Anonymous.PostAsync($"{page}/viewing", new FormUrlEncodedContent(form));
        Assert.Equal(302, sent.Status);
        Assert.Contains("sent", sent.Header("Location"), StringComparison.Ordinal);
        var lead = (await office.Admin.GetAsync($"/api/v1/leads?email={Uri.EscapeDataString(form["email"])}")).Must(200).Items().Single();
        Assert.Equal("landing_page", lead.Text("source"));
        Assert.Equal(property, lead.Long("property_id"));
        Assert.Contains("may contact me", lead.Text("consent.text"), StringComparison.Ordinal);
        Assert.Contains("Saturday morning", lead.Text("notes"), StringComparison.Ordinal);
        var figures = (await office.Admin.GetAsync($"{MarketingDesk.Campaigns}/{campaign}")).Must(200).At("performance");
        Assert.Equal(2, figures.Long("page_views"));
        Assert.Equal(1, figures.Long("leads_generated"));
        Assert.Equal(0.5m, figures.Number("response_rate"));
    }

    [Fact]
    public async Task The_same_person_twice_is_one_lead()
    {
        var (office, _, campaign, page) = await LaunchedAsync();
        var form = Form();
        foreach (var spelled in new[] { form["email"], form["email"].ToUpperInvariant(), $"Nadia <{form["email"]}>," })
            Assert.Equal(302, (await server.Anonymous.PostAsync($"{page}/viewing",
                new FormUrlEncodedContent(Form(("email", spelled))))).Status);
        Assert.Single((await office.Admin.GetAsync($"/api/v1/leads?email={Uri.EscapeDataString(form["email"])}")).Must(200).Items());
        Assert.Equal(1, (await office.Admin.GetAsync($"{MarketingDesk.Campaigns}/{campaign}")).Must(200)
            .Long("performance.leads_generated"));
    }

    [Theory]
    [InlineData("\a \a", 422)] // nothing is left of it
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx😀x", 302)]
    public async Task An_odd_name_is_taken_or_refused_and_breaks_nothing(string name, int status)
    {
        var (_, _, _, page) = await LaunchedAsync();
        Assert.Equal(status, (await server.Anonymous.PostAsync($"{page}/viewing", new FormUrlEncodedContent(Form(("name", name))))).Status);
    }

    [Fact]
    public async Task A_machine_that_fills_the_hidden_field_is_thanked_and_forgotten()
    {
        var (office, _, _, page) = await LaunchedAsync();
        Assert.Equal(302, (await server.Anonymous.PostAsync($"{page}/viewing",
            new FormUrlEncodedContent(Form(("company", "Spam Inc."))))).Status);
        Assert.Empty((await office.Admin.GetAsync("/api/v1/leads")).Must(200).Items());
    }

    [Theory]
    [InlineData("name", "", "Please enter your name.")]
    [InlineData("email", "nadia at example", "This is not a valid e-mail address.")]
    [InlineData("consent", "", "We need your consent to contact you.")]
    [InlineData("email", "nadia@example.com, omar@example.com", "This is not a valid e-mail address.")]
    [InlineData("phone", "12", "This is not a valid phone number.")]
    [InlineData("phone", "+97150123456789", "This is not a valid phone number.")]
    public async Task What_is_wrong_stands_above_the_form_and_what_was_entered_stays(string field, string value, string told)
    {
        var (office, _, _, page) = await LaunchedAsync();
        var answer = await server.Anonymous.PostAsync($"{page}/viewing", new FormUrlEncodedContent(Form((field, value))));
        Assert.Equal(422, answer.Status);
        Assert.Contains(told, answer.Text, StringComparison.Ordinal);
        Assert.Contains("Saturday morning", answer.Text, StringComparison.Ordinal);
        Assert.Empty((await office.Admin.GetAsync("/api/v1/leads")).Must(200).Items());
    }

    [Fact]
    public async Task What_a_visitor_enters_is_shown_as_text()
    {
        var (_, _, _, page) = await LaunchedAsync();
        var answer = await server.Anonymous.PostAsync($"{page}/viewing",
            new FormUrlEncodedContent(Form(("name", ""), ("message", "</textarea><script>alert(1)</script>"))));
        Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", answer.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_tells_search_engines_the_facts_in_their_own_form()
    {
        var (_, _, _, page) = await LaunchedAsync(("address", "Tower </script><b>12"));
        var html = (await server.Anonymous.GetAsync(page)).Text;
        var json = JsonDocument.Parse(Regex.Match(html, "<script type=\"application/ld\\+json\">(.*?)</script>",
            RegexOptions.Singleline).Groups[1].Value).RootElement;
        Assert.Equal("RealEstateListing", json.Text("@type"));
        Assert.Equal("Apartment", json.Text("mainEntity.@type"));
        Assert.Equal(2_450_000m, json.Number("offers.price"));
        Assert.Equal("AED", json.Text("offers.priceCurrency"));
        Assert.Equal("FTK", json.Text("mainEntity.floorSize.unitCode"));
        Assert.Equal("Tower </script><b>12", json.Text("mainEntity.address.streetAddress"));
        Assert.Contains("property=\"og:image\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_speaks_both_languages_each_from_its_side()
    {
        var (_, _, _, page) = await LaunchedAsync();
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", (await server.Anonymous.GetAsync($"{page}?lang=en")).Text,
            StringComparison.Ordinal);
        var arabic = (await server.Anonymous.GetAsync($"{page}?lang=ar")).Text;
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", arabic, StringComparison.Ordinal);
        Assert.Contains("احجز معاينة", System.Net.WebUtility.HtmlDecode(arabic), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_withdrawn_is_gone_and_a_guessed_one_never_was()
    {
        var (office, _, campaign, page) = await LaunchedAsync();
        Assert.Equal(404, (await server.Anonymous.GetAsync("/p/0123456789012345678901234567890123456789012")).Status);
        (await office.Admin.DeleteAsync($"{MarketingDesk.Campaigns}/{campaign}")).Must(204);
        Assert.Equal(404, (await server.Anonymous.GetAsync(page)).Status);
    }

    private async Task<(Office Office, long Property, string Campaign, string Page)> LaunchedAsync(params (string, object?)[] members)
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var property = await office.NewListingAsync(members);
        var (id, status) = await office.NewPackageAsync(property, ["landing_page"], new { languages = new[] { "en", "ar" } });
        await office.ApproveAsync(id);
        Assert.True((await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/launch", new { })).Must(200).IsTrue("launched"));
        return (office, property, id, status.Asset("landing_page").Text("url")!);
    }
}
