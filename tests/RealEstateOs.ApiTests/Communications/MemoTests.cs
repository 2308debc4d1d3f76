using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Communications;

public sealed class MemoTests(Server server)
{
    [Fact]
    public async Task A_new_office_has_a_template_and_its_memo_leaves_once_and_leaves_traces()
    {
        var office = await server.NewOfficeAsync();
        var template = await Outbox.TemplateAsync(office);
        var owner = $"jane-{Guid.NewGuid():n}@example.com";
        var property = await office.NewPropertyAsync(Samples.Property(("owner_name", "Jane <b>Doe"), ("owner_email", owner)));

        var memo = (await office.Admin.PostAsync(Outbox.Memo,
            new { property_id = property, template_id = template, send_immediately = true, delivery_method = "email" })).Must(200);
        // The answer waits for the provider, but not for ever: on a busy machine it may still be queued.
        Assert.Equal(memo.Text("status") == "queued", memo.IsNull("sent_at"));
        await Eventually.UntilAsync(
            async () => (await office.Admin.GetAsync($"/api/v1/communications/{memo.Long("communication_id")}")).Must(200),
            c => c.Text("status") == "sent");
        Assert.Equal("Quick question about 12 Harbour Lane", memo.Text("subject"));
        Assert.StartsWith("Hi Jane,", memo.Text("body"), StringComparison.Ordinal);
        Assert.Contains("Test Realty", memo.Text("body"), StringComparison.Ordinal);

        var again = (await office.Admin.PostAsync(Outbox.Memo,
            new { property_id = $"prop_{property}", template_id = $"tmpl_{template}" })).Must(200);
        Assert.Equal(memo.Long("communication_id"), again.Long("communication_id"));
        Assert.Single(Outbox.Mails(server, owner));

        var shown = (await office.Admin.GetAsync($"/api/v1/properties/{property}")).Must(200);
        Assert.True(shown.IsTrue("has_memo"));
        Assert.False(shown.IsNull("last_contact_at"));
        Assert.Equal(shown.Text("last_contact_at"), shown.Text("memo_generated_at"));
        var timeline = (await office.Admin.GetAsync($"/api/v1/properties/{property}/timeline")).Must(200).Items();
        Assert.Equal("Email sent via the development mailbox",
            Assert.Single(timeline, e => e.Text("event_type") == "memo_sent").Text("event_description"));
        var history = (await office.Admin.GetAsync($"/api/v1/communications?property_id={property}")).Must(200).Items();
        Assert.Equal(memo.Long("communication_id"), Assert.Single(history).Id());
        var performance = (await office.Admin.GetAsync($"/api/v1/communications/templates/{template}")).Must(200).At("performance");
        Assert.Equal(1, performance.Long("total_sent"));
        Assert.Equal(0, performance.Number("open_rate"));
    }

    [Fact]
    public async Task Many_at_once_write_one_memo()
    {
        var office = await server.NewOfficeAsync();
        var template = await Outbox.TemplateAsync(office);
        var owner = $"many-{Guid.NewGuid():n}@example.com";
        var property = await office.NewPropertyAsync(Samples.Property(("owner_email", owner)));
        var answers = await Task.WhenAll(Enumerable.Range(0,
            12).Select(_ => office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })));
        Assert.Single(answers.Select(a => a.Must(200).Long("communication_id")).Distinct());
        await Outbox.MailAsync(server, owner);
        Assert.Single(Outbox.Mails(server, owner));
    }

    [Fact]
    public async Task Many_at_once_send_a_draft_once()
    {
        var office = await server.NewOfficeAsync();
        var template = await Outbox.TemplateAsync(office);
        var owner = $"draft-{Guid.NewGuid():n}@example.com";
        var property = await office.NewPropertyAsync(Samples.Property(("owner_email", owner)));
        var draft = (await office.Admin.PostAsync(Outbox.Memo,
            new { property_id = property, template_id = template, send_immediately = false })).Must(200);
        Assert.Equal("draft", draft.Text("status"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(_ => office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })));
        Assert.Single(answers.Select(a => a.Must(200).Text("task_id")).Distinct());
        await Outbox.MailAsync(server, owner);
        Assert.Single(Outbox.Mails(server, owner));
    }

    [Fact]
    public async Task An_owner_without_an_address_or_on_the_suppression_list_is_not_written_to()
    {
        var office = await server.NewOfficeAsync();
        var template = await Outbox.TemplateAsync(office);
        var unknown = await office.NewPropertyAsync();
        var refused = (await office.Admin.PostAsync(Outbox.Memo, new { property_id = unknown, template_id = template })).MustRefuse(
            422, "VAL_001");
        Assert.Contains("no valid e-mail address", refused.Text("detail"), StringComparison.Ordinal);

        var owner = $"Never-{Guid.NewGuid():n}@Example.com";
        (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = owner, reason = "unsubscribed" })).Must(200);
        var property = await office.NewPropertyAsync(Samples.Property(("owner_email", owner)));
        (await office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })).MustRefuse(409, "RES_003");
        Assert.Empty(Outbox.Mails(server, owner));
        Assert.Empty((await office.Admin.GetAsync($"/api/v1/communications?property_id={property}")).Must(200).Items());
    }

    [Fact]
    public async Task A_draft_waits_until_the_same_request_sends_it()
    {
        var office = await server.NewOfficeAsync();
        var template = await Outbox.TemplateAsync(office);
        var owner = $"draft-{Guid.NewGuid():n}@example.com";
        var property = await office.NewPropertyAsync(Samples.Property(("owner_email", owner)));
        var draft = (await office.Admin.PostAsync(Outbox.Memo,
            new { property_id = property, template_id = template, send_immediately = false })).Must(200);
        Assert.Equal("draft", draft.Text("status"));
        Assert.Empty(Outbox.Mails(server, owner));
        var sent = (await office.Admin.PostAsync(Outbox.Memo,
            new { property_id = property, template_id = template, send_immediately = true })).Must(200);
        Assert.Equal(draft.Long("communication_id"), sent.Long("communication_id"));
        await Outbox.MailAsync(server, owner);
    }

    [Fact]
    public async Task A_draft_is_written_anew_until_it_leaves()
    {
        var office = await server.NewOfficeAsync();
        var template = await Outbox.TemplateAsync(office);
        var (wrong, right) = ($"wrong-{Guid.NewGuid():n}@example.com", $"right-{Guid.NewGuid():n}@example.com");
        var property = await office.NewPropertyAsync(Samples.Property(("owner_name", "Jan Doe"), ("owner_email", wrong)));
        object Memo(bool now) => new { property_id = property, template_id = template, send_immediately = now };
        var draft = (await office.Admin.PostAsync(Outbox.Memo, Memo(false))).Must(200);
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { owner_name = "Jane Doe", owner_email = right })).Must(200);
        var sent = (await office.Admin.PostAsync(Outbox.Memo, Memo(true))).Must(200);
        Assert.Equal(draft.Long("communication_id"), sent.Long("communication_id"));
        Assert.StartsWith("Hi Jane,", sent.Text("body"), StringComparison.Ordinal);
        await Outbox.MailAsync(server, right);
        Assert.Empty(Outbox.Mails(server, wrong));
        // What has left stays as it left.
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { owner_name = "Janet Doe", owner_email = wrong })).Must(200);
        Assert.StartsWith("Hi Jane,", (await office.Admin.PostAsync(Outbox.Memo, Memo(true))).Must(200).Text("body"),
            StringComparison.Ordinal);
        Assert.Empty(Outbox.Mails(server, wrong));
    }

    [Fact]
    public async Task A_template_with_an_unknown_variable_is_refused_with_the_known_ones()
    {
        var office = await server.NewOfficeAsync();
        var refused = (await office.Admin.PostAsync("/api/v1/communications/templates", new
        {
            name = "Bad", subject_template = "{{adress}}", body_template = "{{{owner_name}}} {{#each tags}}x{{/each}}",
        })).Must(422);
        var errors = refused.GetProperty("errors").EnumerateArray().ToDictionary(e => e.Text("field")!, e => e.Text("message")!);
        Assert.Contains("unknown variables: adress. Known are owner_name", errors["subject_template"], StringComparison.Ordinal);
        Assert.Contains("unescaped", errors["body_template"], StringComparison.Ordinal);
        (await office.Admin.PostAsync("/api/v1/communications/templates",
            new { name = "Open", subject_template = "x", body_template = "{{#if price}}x" })).Must(422);
        (await office.Admin.PostAsync("/api/v1/communications/templates",
            new { name = "Open", subject_template = "x", body_template = "{{owner_name" })).Must(422);
    }

    [Fact]
    public async Task Values_are_escaped_in_html_and_a_deleted_template_can_be_restored()
    {
        var office = await server.NewOfficeAsync();
        await Outbox.TemplateAsync(office);
        var template = (await office.Admin.PostAsync("/api/v1/communications/templates", new
        {
            name = "Html", subject_template = "For {{owner_name}}",
            body_template = "<p>Dear {{owner_name}}</p>{{#if price}}<p>{{price}}</p>{{else}}<p>no price</p>{{/if}}",
        })).Must(201).Id();
        (await office.Admin.PostAsync("/api/v1/communications/templates",
            new { name = "html", subject_template = "x", body_template = "x" })).MustRefuse(409, "RES_002");
        var owner = $"html-{Guid.NewGuid():n}@example.com";
        var property = await office.NewPropertyAsync(Samples.Property(("owner_email", owner), ("owner_name", "<script>alert(1)</script>"),
            ("price", 1250000), ("currency", "AED")));
        (await office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })).Must(200);
        var mail = await Outbox.MailAsync(server, owner);
        Assert.DoesNotContain("<script>", Outbox.HtmlOf(mail), StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", Outbox.HtmlOf(mail), StringComparison.Ordinal);
        Assert.Contains("AED 1,250,000", Outbox.HtmlOf(mail), StringComparison.Ordinal);
        (await office.Admin.DeleteAsync($"/api/v1/communications/templates/{template}")).Must(204);
        (await office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })).Must(422);
        (await office.Admin.PostAsync($"/api/v1/communications/templates/{template}/restore")).Must(200);
        (await office.Admin.GetAsync($"/api/v1/communications/templates/{template}")).Must(200);
    }

    [Fact]
    public async Task An_office_that_writes_arabic_begins_with_templates_in_arabic()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar" })).Must(200);
        var templates = (await office.Admin.GetAsync("/api/v1/communications/templates")).Must(200).Items();
        Assert.Equal(["التواصل الأول", "التواصل الأول"], templates.Select(t => t.Text("name")));
        var owner = $"owner-{Guid.NewGuid():n}@example.com";
        var home = await office.NewPropertyAsync(Samples.Property(("owner_name", "Salma Haddad"), ("owner_email", owner)));
        var memo = (await office.Admin.PostAsync(Outbox.Memo, new { property_id = home, template_id = templates[0].Id() })).Must(200);
        Assert.StartsWith("مرحباً Salma،", memo.Text("body"), StringComparison.Ordinal);
    }
}

/// <summary>Where mails of a test land, and what memos need.</summary>
internal static class Outbox
{
    public const string Memo = "/api/v1/quick-wins/generate-and-send";

    public static async Task<long> TemplateAsync(Office office) =>
        (await office.Admin.GetAsync("/api/v1/communications/templates?type=email")).Must(200).Items()
            .First(t => t.Text("name") == "Initial Outreach").Id();

    public static string[] Mails(Server server, string recipient)
    {
        var folder = Path.Combine(server.DataFolder, "mail");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, $"*_{recipient}_*") : [];
    }

    public static async Task<string> MailAsync(Server server, string recipient)
    {
        await Eventually.UntilAsync(() => Mails(server, recipient) is [_, ..]);
        return await File.ReadAllTextAsync(Mails(server, recipient)[0]);
    }

    /// <summary>The mail to this address that is meant, once it has left.</summary>
    public static async Task<MimeKit.MimeMessage> ReadAsync(Server server, string recipient, Func<MimeKit.MimeMessage, bool> isMeant) =>
        (await Eventually.UntilAsync(() => Task.FromResult(Mails(server, recipient).Select(file => MimeKit.MimeMessage.Load(file,
            TestContext.Current.CancellationToken)).FirstOrDefault(isMeant)), mail => mail is not null))!;

    public static string HtmlOf(string mail)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail));
        using var message = MimeKit.MimeMessage.Load(stream, TestContext.Current.CancellationToken);
        return message.HtmlBody!;
    }
}
