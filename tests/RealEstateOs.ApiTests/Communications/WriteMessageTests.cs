using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.ApiTests.Communications;

/// <summary>One mail or text from one person to one lead or client.</summary>
public sealed class WriteMessageTests(Server server)
{
    private const string Path = "/api/v1/communications";

    [Fact]
    public async Task A_mail_to_a_lead_leaves_from_who_wrote_it_and_stands_in_the_leads_history()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"lead-{Guid.NewGuid():n}@example.com");
        var lead = (await office.NewLeadAsync(("first_name", "Nadia <b>"), ("email", address))).Id();
        var (agent, _, email) = await office.NewUserAsync("agent");
        var message = new { lead_id = lead, subject = "For {{first_name}}", body = "Dear {{first_name}},\n\nit is free on Saturday." };
        var preview = (await agent.PostAsync($"{Path}/preview", message)).Must(200);
        Assert.Equal((address, "For Nadia <b>"), (preview.Text("recipient"), preview.Text("subject")));
        Assert.Empty((await office.Admin.GetAsync($"{Path}?lead_id={lead}")).Must(200).Items());

        var sent = (await agent.PostAsync(Path, message)).Must(202);
        await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"{Path}/{sent.Id()}")).Must(200),
            c => c.Text("status") == "sent");
        var raw = await Outbox.MailAsync(server, address);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(raw));
        using var mail = await MimeMessage.LoadAsync(stream, TestContext.Current.CancellationToken);
        Assert.Equal((email, "Uma User, Test Realty"), (mail.ReplyTo.Mailboxes.First().Address, mail.From.Mailboxes.Single().Name));
        Assert.Contains("Dear Nadia &lt;b&gt;,", mail.HtmlBody, StringComparison.Ordinal);
        Assert.NotNull(mail.Headers["List-Unsubscribe"]);
        var activity = Assert.Single((await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}/activities")).Must(200).Items());
        Assert.Equal(("email", "outbound", "For Nadia <b>"),
            (activity.Text("activity_type"), activity.Text("direction"), activity.Text("subject")));
        Assert.False((await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}")).Must(200).IsNull("first_response_minutes"));
    }

    [Fact]
    public async Task Nothing_leaves_to_who_said_no_has_no_address_or_is_not_ones_to_see()
    {
        var (office, run) = (await server.NewOfficeAsync(), Guid.NewGuid().ToString("n"));
        var said = (await office.NewLeadAsync(("email", $"no-{run}@example.com"), ("consent", new { email = false }))).Id();
        var away = (await office.NewLeadAsync(("email", $"away-{run}@example.com"))).Id();
        (await office.Admin.PostAsync($"{Path}/suppressions",
            new { address = $"away-{run}@example.com", reason = "unsubscribed" })).Must(200);
        object To(long lead, string body = "Hello") => new { lead_id = lead, subject = "Hello", body };
        foreach (var lead in new[] { said, away })
            foreach (var path in new[] { Path, $"{Path}/preview" })
                (await office.Admin.PostAsync(path, To(lead))).MustRefuse(409, "RES_003");
        var mute = (await office.NewLeadAsync()).Id();
        Assert.Equal(["lead_id"], (await office.Admin.PostAsync(Path, To(mute))).MustNameFields());
        Assert.Equal(["body"], (await office.Admin.PostAsync(Path, To(away, "Hello {{nobody_knows}}"))).MustNameFields());
        Assert.Equal(["body", "lead_id", "subject"], (await office.Admin.PostAsync(Path, new { })).MustNameFields().Order());
        var (blind, _) = await office.NewUserWhoMayAsync("communications:send", "leads:read:own");
        Assert.Equal(["lead_id"], (await blind.PostAsync(Path, To(away))).MustNameFields());
        Assert.Equal(["lead_id"], (await (await server.NewOfficeAsync()).Admin.PostAsync(Path, To(away))).MustNameFields());
        Assert.Empty((await office.Admin.GetAsync(Path)).Must(200).Items());
    }

    [Fact]
    public async Task A_mail_to_a_client_stands_in_the_clients_history_and_so_does_the_answer()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"client-{Guid.NewGuid():n}@example.com");
        var client = await NewClientAsync(office, ("email", address));
        var home = await office.NewPropertyAsync(Samples.Property(("price", 2_500_000), ("currency", "AED"), ("bedrooms", 2),
            ("property_type", "apartment"), ("community", "Dubai Marina")));
        var message = new { client_id = client, property_id = home, subject = "{{property_title}}",
            body = "Dear {{first_name}}, {{property_address}} costs {{property_price}}: {{property_url}}" };
        var preview = (await office.Admin.PostAsync($"{Path}/preview", message)).Must(200);
        Assert.Equal(("2-bedroom apartment in Dubai Marina", "Dear Omar, 12 Harbour Lane costs AED 2,500,000: "),
            (preview.Text("subject"), preview.Text("body")));
        Assert.Equal(["property_url"], preview.At("missing").Items().Select(m => m.GetString()));

        var sent = (await office.Admin.PostAsync(Path, message)).Must(202);
        await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"{Path}/{sent.Id()}")).Must(200),
            c => c.Text("status") == "sent");
        Assert.Equal(sent.Id(), Assert.Single((await office.Admin.GetAsync($"{Path}?client_id={client}")).Must(200).Items()).Id());
        (await server.MailEventAsync(new { @event = "reply", communication_id = sent.Id(), email = address,
            text = "Saturday is fine." })).Must(200);
        var seen = (await office.Admin.GetAsync($"/api/v1/clients/{client}")).Must(200);
        Assert.Equal(["Saturday is fine.", "Dear Omar, 12 Harbour Lane costs AED 2,500,000: "],
            seen.At("activities").Items().Select(a => a.Text("description")));
        Assert.Equal(["reply_received", "message_sent"], seen.At("history").Items().Select(h => h.Text("event_type")).Take(2));
    }

    [Fact]
    public async Task A_client_is_written_to_under_the_same_rules_as_a_lead()
    {
        var (office, run) = (await server.NewOfficeAsync(), Guid.NewGuid().ToString("n"));
        object To(object? client, object? lead = null) => new { client_id = client, lead_id = lead, subject = "Hello", body = "Hello" };
        var said = (await office.NewLeadAsync(("email", $"no-{run}@example.com"), ("consent", new { email = false }))).Id();
        var client = await NewClientAsync(office, ("email", $"no-{run}@example.com"), ("lead_id", said));
        (await office.Admin.PostAsync(Path, To(client))).MustRefuse(409, "RES_003");
        var away = await NewClientAsync(office, ("email", $"away-{run}@example.com"));
        (await office.Admin.PostAsync($"{Path}/suppressions", new { address = $"away-{run}@example.com" })).Must(200);
        (await office.Admin.PostAsync(Path, To(away))).MustRefuse(409, "RES_003");
        Assert.Equal(["client_id"], (await office.Admin.PostAsync(Path, To(await NewClientAsync(office)))).MustNameFields());
        Assert.Equal(["client_id"], (await office.Admin.PostAsync(Path, To(away, said))).MustNameFields());
        var (blind, _) = await office.NewUserWhoMayAsync("communications:send", "leads:read", "clients:read:own");
        Assert.Equal(["client_id"], (await blind.PostAsync(Path, To(away))).MustNameFields());
        Assert.Equal(["client_id"], (await (await server.NewOfficeAsync()).Admin.PostAsync(Path, To(away))).MustNameFields());
        Assert.Empty((await office.Admin.GetAsync(Path)).Must(200).Items());
    }

    [Fact]
    public async Task A_no_outlives_the_lead_that_said_it()
    {
        var (office, run) = (await server.NewOfficeAsync(), Guid.NewGuid().ToString("n"));
        object To(object? client, object? lead = null) => new { client_id = client, lead_id = lead, subject = "Hello", body = "Hello" };
        var said = (await office.NewLeadAsync(("email", $"lead-{run}@example.com"), ("consent", new { email = false }))).Id();
        var client = (await office.Admin.PostAsync($"{LeadVerbs.Path}/{said}/convert", new { email = $"client-{run}@example.com" }))
            .Must(201).Id();
        (await office.Admin.DeleteAsync($"{LeadVerbs.Path}/{said}")).Must(204);
        (await office.Admin.PostAsync(Path, To(client))).MustRefuse(409, "RES_003");
        var again = (await office.NewLeadAsync(("email", $"Lead-{run}@Example.com"))).Id();
        (await office.Admin.PostAsync(Path, To(null, again))).MustRefuse(409, "RES_003");

        var kept = await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"{Path}/suppressions")).Must(200).Items(),
            all => all.Count() == 2);
        Assert.Equal([$"client-{run}@example.com", $"lead-{run}@example.com"], kept.Select(s => s.Text("address")).Order());
        Assert.All(kept, s => Assert.Equal(("unsubscribed", $"Said as lead {said}, which was deleted"),
            (s.Text("reason"), s.Text("note"))));
        await server.ExecuteAsync("update leads.leads set deleted_at = now() - interval '31 days' where id = $1", said);
        await using var scope = server.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<PurgeDeletedRecords>(scope.ServiceProvider).RunAsync(null!,
            TestContext.Current.CancellationToken);
        Assert.Equal(0, await server.CountAsync("leads.leads where id = $1", said));
        (await office.Admin.PostAsync(Path, To(client))).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task A_no_outlives_the_lead_for_the_addresses_of_those_who_were_merged_into_it()
    {
        var (office, run) = (await server.NewOfficeAsync(), Guid.NewGuid().ToString("n"));
        var kept = (await office.NewLeadAsync(("email", $"kept-{run}@example.com"), ("phone", "+971501234567"))).Id();
        var gone = (await office.NewLeadAsync(("email", $"former-{run}@example.com"), ("phone", "+971507654321"),
            ("consent", new { email = false, sms = false }))).Id();
        (await office.Admin.PostAsync($"{LeadVerbs.Path}/{kept}/merge", new { lead_id = gone })).Must(200);
        (await office.Admin.DeleteAsync($"{LeadVerbs.Path}/{kept}")).Must(204);
        var suppressed = (await office.Admin.GetAsync($"{Path}/suppressions")).Must(200).Items().Select(s => s.Text("address")).Order();
        Assert.Equal(["+971501234567", "+971507654321", $"former-{run}@example.com", $"kept-{run}@example.com"], suppressed);
    }

    private static async Task<long> NewClientAsync(Office office, params (string Name, object? Value)[] members)
    {
        var body = new Dictionary<string, object?> { ["first_name"] = "Omar", ["last_name"] = "Client" };
        foreach (var (name, value) in members) body[name] = value;
        return (await office.Admin.PostAsync("/api/v1/clients", body)).Must(201).Id();
    }
}
