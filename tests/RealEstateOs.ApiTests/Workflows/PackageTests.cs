using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Workflows;

public sealed class PackageTests(Server server)
{
    [Fact]
    public async Task A_client_is_onboarded_in_six_steps_that_leave_their_traces_where_they_belong()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"onboarded-{Guid.NewGuid():n}@example.com");
        var client = await office.NewClientAsync(address);
        var execution = await office.Admin.ExecuteAsync("client_onboarding_package", new { client_id = client });
        var ended = await office.Admin.EndedAsync(execution);
        Assert.Equal(("completed", 100, 0), (ended.Text("status"), ended.Long("progress_percentage"), ended.Long("remaining_steps")));
        Assert.Equal(6, ended.At("completed_steps").Items().Count());
        Assert.Equal(["client_review", "communication_preferences", "welcome_message", "market_briefing", "service_overview", "first_call"],
            ended.At("completed_steps").Items().Select(s => s.Text("step_name")));
        var shown = (await office.Admin.GetAsync($"/api/v1/clients/{client}")).Must(200);
        Assert.Equal("email", shown.Text("metadata.communication_preferences.channel"));
        Assert.Single((await office.Admin.GetAsync($"/api/v1/clients/{client}/activities?activity_type=call")).Must(200).Items());
        await Eventually.UntilAsync(() => Task.FromResult(Outbox.Mails(server, address).Length), mails => mails == 2);
    }

    [Fact]
    public async Task A_client_of_an_office_that_writes_arabic_is_welcomed_in_arabic()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"welcomed-{Guid.NewGuid():n}@example.com");
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar-AE" })).Must(200);
        var client = await office.NewClientAsync(address);
        await office.Admin.EndedAsync(await office.Admin.ExecuteAsync("client_onboarding_package", new { client_id = client }));
        var shown = (await office.Admin.GetAsync($"/api/v1/clients/{client}")).Must(200);
        Assert.Equal("ar", shown.Text("metadata.communication_preferences.language"));
        var welcome = await Outbox.ReadAsync(server, address, m => m.Subject == "أهلاً بك");
        Assert.Contains("نعتني بكل ما يخص عقاراتك", welcome.TextBody, StringComparison.Ordinal);
        var services = await Outbox.ReadAsync(server, address, m => m.Subject == "ما نقدّمه لك، وكيف حال السوق");
        Assert.Contains("عدد المبيعات المسجّلة", services.TextBody, StringComparison.Ordinal);
        Assert.Equal(["المكالمة الأولى"],
            (await office.Admin.GetAsync($"/api/v1/clients/{client}/activities?activity_type=call")).Must(200).Items()
                .Select(a => a.Text("subject")));
    }

    [Fact]
    public async Task A_lead_of_an_office_that_writes_arabic_is_nurtured_in_arabic()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"nurtured-{Guid.NewGuid():n}@example.com");
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar-AE" })).Must(200);
        var lead = (await office.NewLeadAsync(("email", address), ("area", "Dubai Marina"))).Id();
        await office.Admin.EndedAsync(await office.Admin.ExecuteAsync("lead_nurturing_package", new { lead_id = lead }));
        var mail = await Outbox.ReadAsync(server, address, m => m.Subject == "عقارات تناسبك، وكيف حال السوق");
        Assert.Contains("شكراً لاهتمامك", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(["متابعة"], (await office.Admin.GetAsync($"/api/v1/leads/{lead}/activities?activity_type=task")).Must(200).Items()
            .Select(a => a.Text("subject")));
        var summary = await Outbox.ReadAsync(server, office.AdminEmail,
            m => m.Subject?.StartsWith("Lead nurturing package", StringComparison.Ordinal) == true);
        Assert.Contains("اكتمل سير العمل", summary.TextBody, StringComparison.Ordinal);

        var english = $"in-english-{Guid.NewGuid():n}@example.com";
        var other = (await office.NewLeadAsync(("email", english), ("area", "Dubai Marina"))).Id();
        await office.Admin.EndedAsync(await office.Admin.ExecuteAsync("lead_nurturing_package", new { lead_id = other, language = "en" }));
        var inEnglish = await Outbox.ReadAsync(server, english, m => m.Subject == "Homes for you, and how the market stands");
        Assert.Contains("registered sales within 12 months", inEnglish.TextBody, StringComparison.Ordinal);

        var package = await office.NewPackageAsync(new { name = "photos", kind = "photography_schedule",
            inputs = new { property_id = "$parameters.property_id" } });
        var property = await office.NewPropertyAsync();
        await office.Admin.EndedAsync(await office.Admin.ExecuteAsync(package, new { property_id = property }));
        Assert.StartsWith("المطلوب تصوير",
            (await office.Admin.GetAsync($"/api/v1/properties/{property}/activities")).Must(200).Items().Single().Text("description"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_words_of_a_welcome_have_a_subject_in_their_language()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"own-words-{Guid.NewGuid():n}@example.com");
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar-AE" })).Must(200);
        var client = await office.NewClientAsync(address);
        await office.Admin.EndedAsync(await office.Admin.ExecuteAsync("client_onboarding_package",
            new { client_id = client, welcome = "We are glad that you are here." }));
        var welcome = await Outbox.ReadAsync(server, address, m => m.Subject == "Welcome");
        Assert.Contains("We are glad that you are here.", welcome.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_is_nurtured_in_eight_steps_and_what_could_not_be_done_says_why()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"nurtured-{Guid.NewGuid():n}@example.com");
        var lead = (await office.NewLeadAsync(("email", address), ("area", "Dubai Marina"), ("budget", 2_000_000))).Id();
        var home = await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina"), ("price", 1_900_000),
            ("currency", "AED")));
        var ended = await office.Admin.EndedAsync(
            await office.Admin.ExecuteAsync("lead_nurturing_package", new { lead_id = $"lead_{lead}" }));
        Assert.Equal("completed", ended.Text("status"));
        Assert.Equal(8, ended.At("completed_steps").Items().Count());
        Assert.Equal($"prop_{home}", ended.Step("property_recommendations").At("output.properties").Items().First().Text("property_id"));
        Assert.Equal(("skipped", true),
            (ended.Step("follow_up_sequence").Text("status"), ended.Step("follow_up_sequence").Text("note")!.Contains("no active sequence",
                StringComparison.Ordinal)));
        Assert.Contains("12 Harbour Lane", await Outbox.MailAsync(server, address), StringComparison.Ordinal);
        Assert.Single((await office.Admin.GetAsync($"/api/v1/leads/{lead}/activities?activity_type=task")).Must(200).Items());
        var past = (await office.Admin.GetAsync($"{Packages.Path}/packages/history?lead_id={lead}")).Must(200).At("executions")
            .Items().First();
        Assert.Equal((1, 1.0m), (past.Long("leads_contacted"), past.Number("success_rate")));
    }

    [Fact]
    public async Task A_client_gets_no_message_of_a_package_where_they_said_no_as_the_lead_that_they_were()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync(("email", "no@example.com"), ("consent", new { email = false }))).Id();
        var client = (await office.Admin.PostAsync($"{LeadVerbs.Path}/{lead}/convert", new { })).Must(201).Id();
        var package = await office.NewPackageAsync(new { name = "news", kind = "client_message",
            inputs = new { client_id = "$parameters.client_id", subject = "News", content = "Come and see." } });
        var ended = await office.Admin.EndedAsync(await office.Admin.ExecuteAsync(package, new { client_id = client }));
        Assert.Equal(("skipped", "The client has said no to such messages."),
            (ended.Step("news").Text("status"), ended.Step("news").Text("note")));
    }

    [Fact]
    public async Task A_listing_takes_twelve_steps_and_one_that_no_module_brings_is_skipped_with_its_reason()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync(Samples.Property(
            ("community", "Dubai Marina"), ("property_type", "apartment"), ("square_feet", 1200), ("bedrooms", 2), ("currency", "AED"),
            ("price", 1)));
        var execution = await office.Admin.ExecuteAsync(
            "new_listing_package", new { property_id = property, listing_price = 2_500_000, priority = "high" },
            new { skip_social_media = true, rush_delivery = true, include_premium_photography = true });
        var ended = await office.Admin.EndedAsync(execution);
        Assert.Equal("completed", ended.Text("status"));
        Assert.Equal(12, ended.At("completed_steps").Items().Count() + ended.At("failed_steps").Items().Count());
        Assert.Equal(2_500_000m, (await office.Admin.GetAsync($"/api/v1/properties/{property}")).Must(200).Number("price"));
        Assert.Equal("photography",
            (await office.Admin.GetAsync($"/api/v1/properties/{property}/activities")).Must(200).Items().First().Text("activity_type"));
        var skipped = ended.Step("social_media_content");
        Assert.Equal(("skipped", "customizations.skip_social_media is set."), (skipped.Text("status"), skipped.Text("note")));
        var campaign = ended.Step("marketing_campaign_creation").Text("output.campaign_id");
        Assert.Equal("pending_review", (await office.Admin.GetAsync($"/api/v1/marketing/campaigns/{campaign}")).Must(200).Text("status"));
    }

    [Fact]
    public async Task A_package_of_very_many_steps_or_with_a_name_of_two_lines_is_refused()
    {
        var office = await server.NewOfficeAsync();
        var steps = Enumerable.Range(0, 9_000)
            .Select(i => new { name = $"s_{i}", kind = "wait", depends_on = i == 0 ? [] : new[] { $"s_{i - 1}" } });
        Assert.Equal(["name", "steps"], (await office.Admin.PostAsync($"{Packages.Path}/packages",
            new { name = "long\n", display_name = "Long", steps })).MustNameFields());
    }

    [Fact]
    public async Task Every_fault_of_a_package_is_named_at_once()
    {
        var office = await server.NewOfficeAsync();
        var refused = (await office.Admin.PostAsync($"{Packages.Path}/packages", new
        {
            name = "faulty", display_name = "Faulty",
            steps = new object[]
            {
                new { name = "first", kind = "client_task", depends_on = new[] { "second" },
                    inputs = new { client_id = "$parameters.nobody" } },
                new { name = "second", kind = "no_such_kind", depends_on = new[] { "first" } },
                new { name = "third", kind = "client_message", inputs = new { subject = "$parameters.nothing", mood = "good" } },
            },
        })).Must(422);
        Assert.Equal("WF_002", refused.Text("code"));
        var fields = refused.At("errors").Items().Select(e => e.Text("field")).ToArray();
        Assert.Equal(
            ["steps", "steps[0].inputs.client_id", "steps[1].kind", "steps[2].inputs.client_id", "steps[2].inputs.content",
                "steps[2].inputs.mood", "steps[2].inputs.subject"],
            fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_execution_keeps_the_version_that_it_began_with()
    {
        var office = await server.NewOfficeAsync();
        var client = await office.NewClientAsync();
        var package = await office.NewPackageAsync(Packages.Approval("ask"), Packages.Task("old", "ask"));
        var execution = await office.Admin.ExecuteAsync(package, new { client_id = client });
        await office.Admin.UntilAsync(execution, e => e.Waits("ask"));
        var changed = (await office.Admin.PutAsync($"{Packages.Path}/packages/{package}", new
        {
            display_name = "New", parameters = new[] { new { name = "client_id", type = "client" } },
            steps = new[] { Packages.Task("new") },
        })).Must(200);
        Assert.Equal(2, changed.Long("version"));
        await office.Admin.ControlAsync(execution, "approve");
        Assert.Equal("completed", (await office.Admin.EndedAsync(execution)).Step("old").Text("status"));
        var next = await office.Admin.EndedAsync(await office.Admin.ExecuteAsync(package, new { client_id = client }));
        Assert.Equal((2, "completed"), (next.Long("package_version"), next.Step("new").Text("status")));
        var drawn = await office.NewPackageAsync(Packages.Approval("ask"), Packages.Task("old", "ask"));
        Assert.Contains("ask --> old",
            (await office.Admin.GetAsync($"{Packages.Path}/packages/{drawn}/diagram")).Must(200).Text("mermaid"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_given_wrong_is_WF_002_and_what_there_is_not_WF_001()
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var foreign = await other.NewClientAsync();
        var refused = (await office.Admin.PostAsync($"{Packages.Path}/execute", new
        {
            package_name = "client_onboarding_package",
            parameters = new { client_id = foreign, language = "xx", first_call_in_hours = "soon", colour = "red" },
        })).Must(422);
        Assert.Equal("WF_002", refused.Text("code"));
        Assert.Equal(
            ["parameters.client_id", "parameters.colour", "parameters.first_call_in_hours", "parameters.language"],
            refused.At("errors").Items().Select(e => e.Text("field")).Order(StringComparer.Ordinal));
        var own = await other.NewPackageAsync(Packages.Approval("ask"));
        Assert.Equal("WF_001", (await office.Admin.PostAsync($"{Packages.Path}/execute", new { package_name = own })).Must(404)
            .Text("code"));
        Assert.Empty((await office.Admin.GetAsync($"{Packages.Path}/packages/history")).Must(200).At("executions").Items());
    }
}
