using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Workflows;

/// <summary>A mail that a package writes to a client is like one that a person writes.</summary>
public sealed class ClientMessageTests(Server server)
{
    private const string Communications = "/api/v1/communications";

    [Fact]
    public async Task A_mail_of_a_package_can_be_answered_and_ended_and_stands_among_what_was_written_to_the_client()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"written-{Guid.NewGuid():n}@example.com");
        var (_, agent, email) = await office.NewUserAsync("agent");
        var client = await office.NewClientAsync(address);
        (await office.Admin.PatchAsync($"/api/v1/clients/{client}", new { assigned_agent_id = agent })).Must(200);
        var package = await office.NewPackageAsync(Message());
        var ended = await office.Admin.EndedAsync(await office.Admin.ExecuteAsync(package, new { client_id = client }));
        var written = ended.Step("news").Long("output.communication_id");
        Assert.Equal([$"comm_{written}"], ended.At("deliverables").Items().Select(d => d.Text("reference")));

        var mail = await Outbox.ReadAsync(server, address, m => m.Subject == "News of {{today}}");
        Assert.Equal(("Uma User, Test Realty", email), (mail.From.Mailboxes.Single().Name, mail.ReplyTo.Mailboxes.First().Address));
        Assert.Equal("Omar Khalil", mail.To.Mailboxes.Single().Name);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var link = new Uri(mail.Headers["List-Unsubscribe"]!.Trim('<', '>'));
        Assert.Contains($"Unsubscribe: {link}", mail.TextBody, StringComparison.Ordinal);
        Assert.StartsWith("Dear Omar,", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<p>Come &amp; see.</p>", mail.HtmlBody, StringComparison.Ordinal);

        var listed = await Eventually.UntilAsync(
            async () => Assert.Single((await office.Admin.GetAsync($"{Communications}?client_id={client}")).Must(200).Items()),
            c => c.Text("status") == "sent");
        Assert.Equal((written, "News of {{today}}"), (listed.Id(), listed.Text("subject")));
        var seen = (await office.Admin.GetAsync($"/api/v1/clients/{client}")).Must(200);
        Assert.Single(seen.At("history").Items(), h => h.Text("event_type") == "message_sent");
        (await server.MailEventAsync(new { @event = "reply", communication_id = written, email = address, text = "I will." })).Must(200);
        Assert.Equal("I will.", (await office.Admin.GetAsync($"{Communications}/{written}")).Must(200).Text("reply_text"));

        Assert.Equal(200, (await server.Anonymous.PostAsync(link.AbsolutePath)).Status);
        Assert.Single((await office.Admin.GetAsync($"{Communications}/suppressions?address={address}")).Must(200).Items());
        var again = await office.Admin.EndedAsync(await office.Admin.ExecuteAsync(package, new { client_id = client }));
        Assert.Equal(
            ("skipped", "The client may not be written to: the address is on the suppression list (unsubscribed)."),
            (again.Step("news").Text("status"), again.Step("news").Text("note")));
        Assert.Single(Outbox.Mails(server, address));
    }

    [Fact]
    public async Task Who_may_not_write_to_clients_does_not_by_a_package_and_who_has_no_address_is_passed_over()
    {
        var office = await server.NewOfficeAsync();
        var client = await office.NewClientAsync($"unwritten-{Guid.NewGuid():n}@example.com");
        var package = await office.NewPackageAsync(Message());
        var (mute, _) = await office.NewUserWhoMayAsync("workflows:execute", "workflows:read", "clients:read", "clients:update");
        var refused = await mute.EndedAsync(await mute.ExecuteAsync(package, new { client_id = client }));
        Assert.Equal("failed", refused.Text("status"));
        Assert.Contains("communications:send", refused.Step("news").Text("reason"), StringComparison.Ordinal);
        var silent = await office.Admin.EndedAsync(
            await office.Admin.ExecuteAsync(package, new { client_id = await office.NewClientAsync() }));
        Assert.Equal(("skipped", "The client has no valid e-mail address, so nothing can be sent."),
            (silent.Step("news").Text("status"), silent.Step("news").Text("note")));
        Assert.Empty((await office.Admin.GetAsync(Communications)).Must(200).Items());
    }

    private static object Message() => new { name = "news", kind = "client_message",
        inputs = new { client_id = "$parameters.client_id", subject = "News of {{today}}", content = "Come & see." } };
}
