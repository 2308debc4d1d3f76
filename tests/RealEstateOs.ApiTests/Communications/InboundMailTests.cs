using System.Text;
using System.Text.Json;
using MimeKit;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Communications;

/// <summary>Answers come back to what they answer: by a signed address, by the mail that they name, or by who sends them.</summary>
public sealed class InboundMailTests(Server server)
{
    private const string Inbound = "/api/v1/webhooks/inbound-mail", Path = "/api/v1/communications";

    [Fact]
    public async Task An_answer_to_the_signed_address_stands_in_the_leads_history_once_without_what_it_quotes()
    {
        var (office, lead, address, mail) = await SentAsync();
        var reply = mail.ReplyTo.Mailboxes.Last().Address;
        Assert.EndsWith("@" + WebhookVectors.InboundDomain, reply, StringComparison.Ordinal);
        Assert.Equal(office.AdminEmail, mail.ReplyTo.Mailboxes.First().Address);
        const string answer = "Saturday is fine.\n\nOn Mon, 2 Feb 2026 at 10:00, Uma <uma@example.com>\nwrote:\n> Dear Nadia";
        MultipartFormDataContent form() => Form("someone-else@example.com", reply, answer);
        Assert.Equal((1, 1), Counts(await PostAsync(form())));
        Assert.Equal((1, 0), Counts(await PostAsync(form())));
        var activity = (await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}/activities")).Must(200).Items()[0];
        Assert.Equal(("inbound", "Saturday is fine."), (activity.Text("direction"), activity.Text("description")));
        var sent = Assert.Single((await office.Admin.GetAsync($"{Path}?recipient={address}")).Must(200).Items());
        Assert.Equal(("replied", "Saturday is fine."), (sent.Text("status"), sent.Text("reply_text")));
        var at = reply.IndexOf('@', StringComparison.Ordinal);
        var forged = reply[..(at - 1)] + (reply[at - 1] == 'a' ? 'b' : 'a') + reply[at..];
        Assert.Equal((1, 0), Counts(await PostAsync(Form("x@example.com", forged, "Forged"))));
    }

    [Fact]
    public async Task An_answer_that_names_the_mail_or_comes_from_its_reader_is_found_where_its_server_vouches_for_it()
    {
        var (office, lead, address, mail) = await SentAsync();
        async Task<string?[]> AnswersAsync() => [.. (await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}/activities")).Must(200).Items()
            .Where(a => a.Text("direction") == "inbound").Select(a => a.Text("description"))];
        await PostAsync(Form("alias@example.com", "office@example.com", "By reference", $"In-Reply-To: <{mail.MessageId}>"));
        var signature = mail.MessageId!.Split('-', '@')[2];
        var counted = mail.MessageId.Replace(signature, new string('0', signature.Length), StringComparison.Ordinal);
        Assert.Equal(1, (await PostAsync(Form("alias@example.com", "office@example.com", "Counted", $"In-Reply-To: <{counted}>"))).Must(200)
            .Long("unmatched"));
        await PostAsync(Form($"Nadia <{address.ToUpperInvariant()}>", "office@example.com", "By sender", proven: true));
        Assert.Equal(["By sender", "By reference"], await AnswersAsync());
        var aside = await PostAsync(Form(address, "office@example.com", "Not proven"));
        Assert.Equal(1, aside.Must(200).Long("unmatched"));
        Assert.Equal(1, (await PostAsync(Form($"{Guid.NewGuid():n}@example.com", "office@example.com", "Nobody", proven: true))).Must(200)
            .Long("unmatched"));
        Assert.Equal(2, (await AnswersAsync()).Length);
    }

    [Fact]
    public async Task Machines_answers_change_nothing_and_a_stop_word_ends_the_writing()
    {
        var (office, lead, address, mail) = await SentAsync();
        var reply = mail.ReplyTo.Mailboxes.Last().Address;
        await PostAsync(Form(address, reply, "I am out of office.", "Auto-Submitted: auto-replied"));
        await PostAsync(Form("mailer-daemon@example.com", reply, "Could not be delivered."));
        Assert.Single((await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}/activities")).Must(200).Items());
        await PostAsync(Form(address, reply, "Please stop.\n\n> Dear Nadia"));
        var suppressed = Assert.Single((await office.Admin.GetAsync($"{Path}/suppressions?address={address}")).Must(200).Items());
        Assert.Equal("unsubscribed", suppressed.Text("reason"));
        (await office.Admin.PostAsync(Path, new { lead_id = lead, subject = "Again", body = "Again" })).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task Who_says_stop_from_another_address_means_the_one_that_was_written_to()
    {
        var (office, lead, address, mail) = await SentAsync();
        await PostAsync(Form("nadia@work.example", mail.ReplyTo.Mailboxes.Last().Address, "Stop"));
        Assert.Equal([address, "nadia@work.example"], (await office.Admin.GetAsync($"{Path}/suppressions")).Must(200).Items()
            .Select(s => s.Text("address")).OrderDescending());
        (await office.Admin.PostAsync(Path, new { lead_id = lead, subject = "Again", body = "Again" })).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task A_long_answer_is_cut_where_no_character_is_and_its_markup_costs_by_its_length()
    {
        var (office, lead, address, mail) = await SentAsync();
        var reply = mail.ReplyTo.Mailboxes.Last().Address;
        Assert.Equal((1, 1), Counts(await PostAsync(Form(address, reply, new string('x', 19_999) + "😀 and more"))));
        Assert.Equal(new string('x', 19_999),
            (await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}/activities")).Must(200).Items()[0].Text("description"));
        var markup = Form(address, reply, "");
        var links = string.Concat(Enumerable.Repeat("<a href=\"http://example.com\">", 900_000));
        markup.Add(new StringContent($"<p>Fine.</p>{links}"), "html");
        Assert.Equal((1, 1), Counts(await PostAsync(markup)));
    }

    [Fact]
    public async Task Other_character_sets_are_read_and_what_is_not_from_the_provider_or_no_mail_is_refused()
    {
        var (office, lead, address, mail) = await SentAsync();
        var form = Form(address, mail.ReplyTo.Mailboxes.Last().Address, "");
        form.Add(new ByteArrayContent(Encoding.Latin1.GetBytes("Grüße")), "text");
        form.Add(new StringContent("{\"text\": \"iso-8859-1\"}"), "charsets");
        form.Add(new ByteArrayContent(new byte[200_000]), "attachment1", "plan.pdf");
        (await PostAsync(form)).Must(200);
        Assert.Equal("Grüße",
            (await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}/activities")).Must(200).Items()[0].Text("description"));
        (await PostAsync(Form(address, "x@example.com", "x"), "another secret")).MustRefuse(401, "AUTH_004");
        (await server.Anonymous.PostAsync(Inbound, new MultipartFormDataContent { { new StringContent("x"), "unknown" } }, Password()))
            .MustRefuse(400, "VAL_002");
        (await server.Anonymous.PostAsync(Inbound, "{}", Password())).Must(415);
    }

    private static (string, string) Password(string secret = WebhookVectors.EmailSecret) =>
        ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("sendgrid:" + secret)));

    private Task<Answer> PostAsync(MultipartFormDataContent form, string secret = WebhookVectors.EmailSecret) =>
        server.Anonymous.PostAsync(Inbound, form, Password(secret));

    private static (long, long) Counts(Answer answer)
    {
        var counted = answer.Must(200);
        return (counted.Long("received"), counted.Long("processed"));
    }

    private static MultipartFormDataContent Form(string from, string to, string text, string? header = null, bool proven = false)
    {
        var id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(from + to + text)));
        var form = new MultipartFormDataContent
        {
            { new StringContent($"Message-ID: <{id}@example.com>\n{header ?? "X-Mailer: test"}\n"), "headers" },
            { new StringContent(from), "from" }, { new StringContent(to), "to" }, { new StringContent("Re: Hello"), "subject" },
            { new StringContent(JsonSerializer.Serialize(new { to = new[] { to }, from })), "envelope" },
            { new StringContent(proven ? "pass" : "softfail"), "SPF" }, { new StringContent("none"), "dkim" },
        };
        if (text.Length > 0) form.Add(new StringContent(text), "text");
        return form;
    }

    private async Task<(Office Office, long Lead, string Address, MimeMessage Mail)> SentAsync()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"reply-{Guid.NewGuid():n}@example.com");
        var lead = (await office.NewLeadAsync(("first_name", "Nadia"), ("email", address))).Id();
        var sent = (await office.Admin.PostAsync(Path, new { lead_id = lead, subject = "Hello", body = "Dear {{first_name}}" })).Must(202);
        await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"{Path}/{sent.Id()}")).Must(200),
            c => c.Text("status") == "sent");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(await Outbox.MailAsync(server, address)));
        return (office, lead, address, await MimeMessage.LoadAsync(stream, TestContext.Current.CancellationToken));
    }
}
