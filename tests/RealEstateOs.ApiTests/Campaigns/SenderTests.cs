using MimeKit;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Campaigns;

/// <summary>Mail comes from people: their name, their address for the reply, the office's place at the foot.</summary>
public sealed class SenderTests(Server server)
{
    private const string Campaigns = "/api/v1/campaigns",
        Content = "<p>Dear {{first_name}}, <a href=\"https://example.com/homes?a=1&amp;b=2\">see them</a></p>";

    [Fact]
    public async Task A_campaigns_mail_is_from_the_leads_agent_and_else_from_who_wrote_it()
    {
        var (office, run) = (await PlacedOfficeAsync(), Guid.NewGuid().ToString("n"));
        var (_, agent, email) = await office.NewUserAsync("agent");
        var theirs = (await office.NewLeadAsync(("email", $"a-{run}@example.com"), ("assigned_to", agent))).Id();
        var nobodys = (await office.NewLeadAsync(("email", $"n-{run}@example.com"), ("source", "website"))).Id();
        var campaign = await NewCampaignAsync(office);
        (await office.Admin.PostAsync($"{Campaigns}/{campaign}/send", new { lead_ids = new[] { theirs, nobodys } })).Must(202);

        var mail = Read(await Outbox.MailAsync(server, $"a-{run}@example.com"));
        Assert.Equal(("Uma User, Test Realty", email), (mail.From.Mailboxes.Single().Name, mail.ReplyTo.Mailboxes.First().Address));
        Assert.Contains("see them (https://example.com/homes?a=1&b=2)", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Test Realty, Office 4, Bay Square, Dubai", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Office 4, Bay Square, Dubai", mail.HtmlBody, StringComparison.Ordinal);
        var author = Read(await Outbox.MailAsync(server, $"n-{run}@example.com"));
        Assert.Equal(("Ada Admin, Test Realty", office.AdminEmail),
            (author.From.Mailboxes.Single().Name, author.ReplyTo.Mailboxes.First().Address));
    }

    [Fact]
    public async Task A_memo_is_answered_to_who_wrote_it_and_its_reader_can_end_the_writing()
    {
        var (office, owner) = (await PlacedOfficeAsync(), $"owner-{Guid.NewGuid():n}@example.com");
        var template = await Outbox.TemplateAsync(office);
        var property = await office.NewPropertyAsync(Samples.Property(("owner_name", "Jane Doe"), ("owner_email", owner)));
        (await office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })).Must(200);
        var mail = Read(await Outbox.MailAsync(server, owner));
        Assert.Equal(office.AdminEmail, mail.ReplyTo.Mailboxes.First().Address);
        Assert.Contains("Bay Square", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var link = new Uri(mail.Headers["List-Unsubscribe"]!.Trim('<', '>')).AbsolutePath;
        var page = await server.Anonymous.GetAsync(link);
        Assert.Equal(200, page.Status);
        Assert.Contains("<header><bdi>Test Realty</bdi></header>", page.Text, StringComparison.Ordinal);
        Assert.Contains("dir=\"rtl\"", (await server.Anonymous.GetAsync(link, ("Accept-Language", "ar-AE,en;q=0.5"))).Text,
            StringComparison.Ordinal);
        Assert.Equal(200, (await server.Anonymous.PostAsync(link)).Status);
        var other = (await office.Admin.PostAsync("/api/v1/communications/templates",
            new { name = "Again", type = "email", subject_template = "Again", body_template = "Hello {{owner_name}}" })).Must(201).Id();
        (await office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = other })).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task Who_unsubscribed_by_mistake_takes_it_back_and_what_others_put_on_the_list_stays()
    {
        var (office, owner) = (await server.NewOfficeAsync(), $"owner-{Guid.NewGuid():n}@example.com");
        var property = await office.NewPropertyAsync(Samples.Property(("owner_name", "Jane Doe"), ("owner_email", owner)));
        var template = await Outbox.TemplateAsync(office);
        (await office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })).Must(200);
        var mail = Read(await Outbox.MailAsync(server, owner));
        var link = new Uri(mail.Headers["List-Unsubscribe"]!.Trim('<', '>')).AbsolutePath;
        var done = await server.Anonymous.PostAsync(link);
        Assert.Contains($"action=\"{link}/undo\"", done.Text, StringComparison.Ordinal);
        Assert.Equal(1, await SuppressedAsync());
        Assert.Contains("Welcome back", (await server.Anonymous.PostAsync($"{link}/undo")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await SuppressedAsync());
        (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = owner, note = "On the phone" })).Must(200);
        Assert.Equal(200, (await server.Anonymous.PostAsync($"{link}/undo")).Status);
        Assert.Equal(1, await SuppressedAsync());

        async Task<int> SuppressedAsync() =>
            (await office.Admin.GetAsync($"/api/v1/communications/suppressions?address={owner}")).Must(200).Items().Length;
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "")]
    [InlineData("POST", "/undo")]
    public async Task A_link_to_unsubscribe_that_is_not_known_is_a_page_that_says_so(string method, string path)
    {
        var page = await server.Anonymous.SendAsync(new HttpMethod(method), $"/u/nobody{path}", null, ("Accept-Language", "ar"));
        Assert.Equal((404, "text/html; charset=utf-8"), (page.Status, page.Header("Content-Type")));
        Assert.Contains("هذا الرابط غير معروف", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_foot_of_a_mail_is_in_the_office_s_language()
    {
        var (office, run) = (await PlacedOfficeAsync(), Guid.NewGuid().ToString("n"));
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar" })).Must(200);
        var lead = (await office.NewLeadAsync(("email", $"f-{run}@example.com"))).Id();
        (await office.Admin.PostAsync($"{Campaigns}/{await NewCampaignAsync(office)}/send", new { lead_ids = new[] { lead } })).Must(202);
        var mail = Read(await Outbox.MailAsync(server, $"f-{run}@example.com"));
        Assert.Contains("تصلك هذه الرسالة لأنك على تواصل مع Test Realty, Office 4, Bay Square, Dubai.", mail.TextBody,
            StringComparison.Ordinal);
        Assert.Contains("<p dir=\"rtl\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains(">إلغاء الاشتراك</a>", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_an_arabic_name_and_its_address_stands_an_arabic_comma()
    {
        var (office, run) = (await PlacedOfficeAsync(), Guid.NewGuid().ToString("n"));
        (await office.Admin.PatchAsync("/api/v1/organization",
            new { name = "عقارات المنارة", address = "مكتب 4، باي سكوير\nدبي", locale = "ar-AE" })).Must(200);
        var lead = (await office.NewLeadAsync(("email", $"c-{run}@example.com"))).Id();
        (await office.Admin.PostAsync($"{Campaigns}/{await NewCampaignAsync(office)}/send", new { lead_ids = new[] { lead } })).Must(202);
        var mail = Read(await Outbox.MailAsync(server, $"c-{run}@example.com"));
        Assert.Contains("على تواصل مع عقارات المنارة، مكتب 4، باي سكوير، دبي.", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_can_be_looked_at_and_tried_before_anybody_gets_it()
    {
        var (office, run) = (await PlacedOfficeAsync(), Guid.NewGuid().ToString("n"));
        var lead = (await office.NewLeadAsync(("first_name", "Nadia"), ("email", $"p-{run}@example.com"))).Id();
        var campaign = await NewCampaignAsync(office);
        var preview = (await office.Admin.PostAsync($"{Campaigns}/{campaign}/preview", new { lead_id = lead })).Must(200);
        Assert.Equal(($"p-{run}@example.com", "Hello Nadia"), (preview.Text("to"), preview.Text("subject")));
        Assert.Contains("Dear Nadia", preview.Text("html"), StringComparison.Ordinal);
        Assert.Contains("Dear Ada", (await office.Admin.PostAsync($"{Campaigns}/{campaign}/preview")).Must(200).Text("text"),
            StringComparison.Ordinal);
        Assert.Equal(["lead_id"],
            (await office.Admin.PostAsync($"{Campaigns}/{campaign}/preview", new { lead_id = 999_999_999 })).MustNameFields());

        var test = (await office.Admin.PostAsync($"{Campaigns}/{campaign}/test", new { lead_id = lead })).Must(202);
        Assert.Equal(office.AdminEmail, test.Text("to"));
        Assert.Contains(await Eventually.UntilAsync(() => Task.FromResult(Outbox.Mails(server, office.AdminEmail)
            .Select(File.ReadAllText).ToArray()), all => all.Any(m => m.Contains("[Test] Hello Nadia", StringComparison.Ordinal))),
            m => m.Contains("Dear Nadia", StringComparison.Ordinal));
        Assert.Empty(Outbox.Mails(server, $"p-{run}@example.com"));
        Assert.Equal(0, (await office.Admin.GetAsync($"{Campaigns}/{campaign}")).Must(200).Long("total_recipients"));
        var (reader, _) = await office.NewUserWhoMayAsync("campaigns:read:own", "campaigns:update:own");
        (await reader.PostAsync($"{Campaigns}/{campaign}/preview")).Must(404);
        (await reader.PostAsync($"{Campaigns}/{campaign}/test")).Must(404);
    }

    [Fact]
    public async Task A_campaign_tells_of_its_property_and_else_of_the_one_that_each_lead_asked_about()
    {
        var (office, run) = (await server.NewOfficeAsync(), Guid.NewGuid().ToString("n"));
        Task<long> HomeAsync(string address, decimal? price) => office.NewPropertyAsync(Samples.Property(("address", address),
            ("currency", "AED"), ("price", price), ("bedrooms", 3), ("property_type", "villa"), ("community", "Al Barari")));
        var (asked, campaigns) = (await HomeAsync("Villa <7>", 3_200_000), await HomeAsync("Villa 9", null));
        var lead = (await office.NewLeadAsync(("email", $"h-{run}@example.com"), ("property_id", asked))).Id();
        var nobody = (await office.NewLeadAsync(("email", $"o-{run}@example.com"))).Id();
        var path = $"{Campaigns}/{(await office.Admin.PostAsync(Campaigns, new { name = "Homes", campaign_type = "email",
            subject = "{{property_title}}",
            content = "<p>{{property_address}}: {{property_price}}{{#if property_url}} {{property_url}}{{/if}}</p>" })).Must(201).Id()}";
        var preview = (await office.Admin.PostAsync($"{path}/preview", new { lead_id = lead })).Must(200);
        Assert.Equal("3-bedroom villa in Al Barari", preview.Text("subject"));
        Assert.Contains("Villa &lt;7&gt;: AED 3,200,000", preview.Text("html"), StringComparison.Ordinal);
        Assert.Empty(preview.At("missing").Items());
        Assert.Equal(["property_title", "property_address", "property_price"],
            (await office.Admin.PostAsync($"{path}/preview", new { lead_id = nobody })).Must(200).At("missing").Items()
                .Select(m => m.GetString()));

        (await office.Admin.PostAsync($"{path}/send", new { lead_ids = new[] { lead } })).Must(202);
        Assert.Contains("Villa <7>: AED 3,200,000", Read(await Outbox.MailAsync(server, $"h-{run}@example.com")).TextBody,
            StringComparison.Ordinal);
        var about = (await office.Admin.PostAsync(Campaigns, new { name = "One home", campaign_type = "email", property_id = campaigns,
            subject = "{{property_address}}", content = "{{property_price}}" })).Must(201);
        Assert.Equal(campaigns, about.Long("property_id"));
        var shown = (await office.Admin.PostAsync($"{Campaigns}/{about.Id()}/preview", new { lead_id = lead })).Must(200);
        Assert.Equal(("Villa 9", "property_price"), (shown.Text("subject"), shown.At("missing").Items().Single().GetString()));
        var (blind, _) = await office.NewUserWhoMayAsync("campaigns:create", "campaigns:read", "leads:read");
        Assert.Equal(["property_id"], (await blind.PostAsync(Campaigns, new { name = "x", campaign_type = "email", subject = "x",
            content = "x", property_id = campaigns })).MustNameFields());
        Assert.Equal("", (await blind.PostAsync($"{Campaigns}/{about.Id()}/preview", new { lead_id = lead })).Must(200).Text("subject"));
    }

    private async Task<Office> PlacedOfficeAsync()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { address = "Office 4, Bay Square\nDubai" })).Must(200);
        return office;
    }

    private static async Task<long> NewCampaignAsync(Office office) => (await office.Admin.PostAsync(Campaigns,
        new { name = "Homes", campaign_type = "email", subject = "Hello {{first_name}}", content = Content })).Must(201).Id();

    private static MimeMessage Read(string mail)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail));
        return MimeMessage.Load(stream, TestContext.Current.CancellationToken);
    }
}
