using System.Net.Http.Headers;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Communications;

public sealed class WebhookTests(Server server)
{
    private const string Email = "/api/v1/webhooks/email-provider", Sms = "/api/v1/webhooks/sms-provider";

    [Fact]
    public async Task A_list_signed_by_SendGrids_own_package_is_taken_and_one_more_byte_is_not()
    {
        (string, string)[] headers = [("X-Twilio-Email-Event-Webhook-Timestamp", WebhookVectors.SendGridTimestamp),
            ("X-Twilio-Email-Event-Webhook-Signature", WebhookVectors.SendGridSignature)];
        var taken = (await server.Anonymous.PostAsync(Email, WebhookVectors.SendGridBody, headers)).Must(200);
        Assert.Equal(2, taken.Long("received"));
        Assert.Equal(2, taken.Long("unmatched"));
        (await server.Anonymous.PostAsync(Email, WebhookVectors.SendGridBody + " ", headers)).MustRefuse(401, "AUTH_004");
        (await server.Anonymous.PostAsync(Email, WebhookVectors.SendGridBody, headers[0] with { Item2 = "1705323601" },
            headers[1])).MustRefuse(401, "AUTH_004");
    }

    [Fact]
    public async Task What_Twilios_own_package_signed_is_taken_as_form_and_as_json()
    {
        (await PostFormAsync(WebhookVectors.TwilioForm, WebhookVectors.TwilioSignature)).Must(200);
        (await PostFormAsync(WebhookVectors.TwilioForm, WebhookVectors.TwilioSignatureWithoutPort)).Must(200);
        (await PostFormAsync(WebhookVectors.TwilioForm + "&Extra=1", WebhookVectors.TwilioSignature)).MustRefuse(401, "AUTH_004");
        var json = $"{Sms}?bodySHA256={WebhookVectors.TwilioJsonHash}";
        (await server.Anonymous.PostAsync(json, WebhookVectors.TwilioJson,
            ("X-Twilio-Signature", WebhookVectors.TwilioJsonSignature))).Must(200);
        (await server.Anonymous.PostAsync(json, WebhookVectors.TwilioJson.Replace("delivered", "failed", StringComparison.Ordinal),
            ("X-Twilio-Signature", WebhookVectors.TwilioJsonSignature)))
            .MustRefuse(401, "AUTH_004");
        (await server.Anonymous.PostAsync(Sms, WebhookVectors.TwilioJson,
            ("X-Twilio-Signature", WebhookVectors.TwilioJsonSignature))).MustRefuse(401, "AUTH_004");
    }

    [Fact]
    public async Task What_Twilio_signed_with_a_shared_key_is_taken_by_the_algorithm_that_it_names()
    {
        (string, string) Settings(string value) => ("X-Twilio-Webhooks-Signature-Settings", value);
        var named = Settings("key=webhooks_sharedkey_1, algorithm=HMAC_SHA256");
        (await PostFormAsync(WebhookVectors.TwilioForm, WebhookVectors.TwilioSharedFormSignature, named)).Must(200);
        (await server.Anonymous.PostAsync($"{Sms}?bodySHA256={WebhookVectors.TwilioJsonHash}", WebhookVectors.TwilioJson,
            ("X-Twilio-Signature", WebhookVectors.TwilioSharedJsonSignature), named)).Must(200);
        foreach (var settings in new[] { "algorithm=HMAC_MD5", "algorithm=HMAC_SHA1", "key=webhooks_sharedkey_1" })
            (await PostFormAsync(WebhookVectors.TwilioForm, WebhookVectors.TwilioSharedFormSignature, Settings(settings)))
                .MustRefuse(401, "AUTH_004");
        (await PostFormAsync(WebhookVectors.TwilioForm, WebhookVectors.TwilioSignature, named)).MustRefuse(401, "AUTH_004");
        (await PostFormAsync(WebhookVectors.TwilioForm, WebhookVectors.TwilioSharedFormSignature)).MustRefuse(401, "AUTH_004");
    }

    [Fact]
    public async Task Events_of_a_memo_count_once_in_any_order_and_a_reply_marks_the_property()
    {
        var (office, template, property, memo, owner) = await SentMemoAsync();
        (await EventAsync(new { @event = "open", email = owner, timestamp = 1705323700, communication_id = $"{memo}",
            sg_event_id = $"o-{memo}" })).Must(200);
        var late = (await EventAsync(new { @event = "delivered", email = owner, timestamp = 1705323600,
            communication_id = $"{memo}" })).Must(200);
        Assert.Equal(1, late.Long("processed"));
        var again = (await EventAsync(new { @event = "delivered", email = owner, timestamp = 1705323600,
            communication_id = $"{memo}" })).Must(200);
        Assert.Equal(1, again.Long("duplicates"));
        var seen = (await office.Admin.GetAsync($"/api/v1/communications/{memo}")).Must(200);
        Assert.Equal("opened", seen.Text("status"));
        Assert.Equal("2024-01-15T13:00:00.000000Z", seen.Text("delivered_at"));

        (await EventAsync(new { @event = "reply", email = owner, communication_id = $"comm_{memo}", text = "Call me" })).Must(200);
        (await EventAsync(new { @event = "reply", email = owner, communication_id = $"comm_{memo}", text = "Call me" })).Must(200);
        Assert.True((await office.Admin.GetAsync($"/api/v1/properties/{property}")).Must(200).IsTrue("has_reply"));
        var timeline = (await office.Admin.GetAsync($"/api/v1/properties/{property}/timeline")).Must(200).Items();
        Assert.Equal($"In communication {memo}",
            Assert.Single(timeline, e => e.Text("event_type") == "reply_received").Text("event_description"));
        Assert.Equal("Call me", (await office.Admin.GetAsync($"/api/v1/communications/{memo}")).Must(200).Text("reply_text"));
        var performance = (await office.Admin.GetAsync($"/api/v1/communications/templates/{template}")).Must(200).At("performance");
        Assert.Equal((1m, 1m), (performance.Number("open_rate"), performance.Number("reply_rate")));
    }

    [Fact]
    public async Task A_bounce_or_a_complaint_ends_the_writing()
    {
        var (office, template, property, memo, owner) = await SentMemoAsync();
        (await EventAsync(new { @event = "spam_report", email = owner, communication_id = memo })).Must(200);
        Assert.Equal("complained", (await office.Admin.GetAsync($"/api/v1/communications/{memo}")).Must(200).Text("status"));
        var suppressed = Assert.Single(
            (await office.Admin.GetAsync($"/api/v1/communications/suppressions?address={owner}")).Must(200).Items());
        Assert.Equal("complained", suppressed.Text("reason"));
        var second = await office.NewPropertyAsync(Samples.Property(("owner_email", owner)));
        (await office.Admin.PostAsync(Outbox.Memo, new { property_id = second, template_id = template })).Must(409);
        (await office.Admin.DeleteAsync($"/api/v1/communications/suppressions/{suppressed.Id()}")).Must(204);
        (await office.Admin.PostAsync(Outbox.Memo, new { property_id = second, template_id = template })).Must(200);
        Assert.NotEqual(property, second);
    }

    [Theory]
    [InlineData("552 5.2.2 The mailbox is over quota", "5.2.2", 0)]
    [InlineData("451 4.7.1 Greylisted, try again later", "4.7.1", 0)]
    [InlineData("554 5.7.1 rejected as spam", "5.7.1", 0)]
    [InlineData("550 5.1.1 user unknown", "5.1.1", 1)]
    public async Task Only_what_says_that_an_address_is_dead_makes_it_dead(string reason, string status, int suppressed)
    {
        var (office, _, _, memo, owner) = await SentMemoAsync();
        (await EventAsync(new { @event = "bounce", email = owner, communication_id = memo, type = "bounce", reason, status })).Must(200);
        Assert.Equal(suppressed,
            (await office.Admin.GetAsync($"/api/v1/communications/suppressions?address={owner}")).Must(200).Items().Count());
    }

    [Fact]
    public async Task A_no_in_a_reply_by_mail_ends_the_writing()
    {
        var (office, _, _, memo, owner) = await SentMemoAsync();
        (await EventAsync(new { @event = "reply", from = $"The Owner <{owner.ToUpperInvariant()}>", communication_id = memo,
            text = "Please unsubscribe me." })).Must(200);
        Assert.Equal("unsubscribed",
            Assert.Single((await office.Admin.GetAsync($"/api/v1/communications/suppressions?address={owner}")).Must(200).Items())
                .Text("reason"));
    }

    [Fact]
    public async Task A_text_that_says_stop_in_any_words_ends_the_texts_and_start_takes_it_back()
    {
        var office = await server.NewOfficeAsync();
        var template = (await office.Admin.PostAsync("/api/v1/communications/templates",
            new { name = "Text", type = "sms", body_template = "Hello {{owner_name}}" })).Must(201).Id();
        var number = $"+97150{System.Security.Cryptography.RandomNumberGenerator.GetInt32(1_000_000, 9_999_999)}";
        var property = await office.NewPropertyAsync(
            Samples.Property(("owner_phone", number.Replace("+971", "+971 (0)", StringComparison.Ordinal))));
        var memo = (await office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })).Must(200)
            .Long("communication_id");
        async Task<string> SuppressedAsync() => string.Join(", ",
            (await office.Admin.GetAsync("/api/v1/communications/suppressions")).Must(200).Items().Select(s => s.Text("address")));
        var sid = 0;
        Task<Answer> TextAsync(string text) =>
        SmsAsync(new { MessageSid = $"SM{memo}-{sid++}", From = number, Body = text, communication_id = memo });
        foreach (var (no, yes) in new[] { ("Stop please!", "START"), ("إلغاء الاشتراك", "نعم"), ("OPT-OUT", "unstop") })
        {
            (await TextAsync(no)).Must(200);
            Assert.Equal(number, await SuppressedAsync());
            (await TextAsync(yes)).Must(200);
            Assert.Empty(await SuppressedAsync());
        }
        (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = number, reason = "manual" })).Must(200);
        (await TextAsync("START")).Must(200);
        Assert.Equal(number, await SuppressedAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[1, null, {}, {\"event\": 7, \"timestamp\": -5}]")]
    [InlineData("{\"event\":\"open\",\"email\":\"\\ud800\",\"communication_id\":\"99999999999999999999\",\"x\":\"\\u0000\"}")]
    public async Task Signed_nonsense_is_never_our_fault(string body)
    {
        foreach (var (path, secret) in new[] { (Email, WebhookVectors.EmailSecret), (Sms, WebhookVectors.SmsSecret) })
            Assert.True((await server.Anonymous.PostAsync(path, body, ("X-Webhook-Signature", Sign(secret, body)))).Status is 200 or 400,
                $"{path} {body}");
        (await server.Anonymous.PostAsync(Email, body, ("X-Webhook-Signature", Sign("another secret", body)))).MustRefuse(401, "AUTH_004");
        (await server.Anonymous.PostAsync(Email, body)).MustRefuse(401, "AUTH_004");
    }

    private async Task<(Office Office, long Template, long Property, long Memo, string Owner)> SentMemoAsync()
    {
        var office = await server.NewOfficeAsync();
        var template = await Outbox.TemplateAsync(office);
        var owner = $"owner-{Guid.NewGuid():n}@example.com";
        var property = await office.NewPropertyAsync(Samples.Property(("owner_email", owner)));
        var memo = (await office.Admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })).Must(200);
        await Eventually.UntilAsync(
            async () => (await office.Admin.GetAsync($"/api/v1/communications/{memo.Long("communication_id")}")).Must(200),
            c => c.Text("status") == "sent");
        return (office, template, property, memo.Long("communication_id"), owner);
    }

    private Task<Answer> EventAsync(object happened) => server.MailEventAsync(happened);

    private Task<Answer> SmsAsync(object happened) => server.TextEventAsync(happened);

    private Task<Answer> PostFormAsync(string form, string signature, params (string, string)[] headers) => server.Anonymous.PostAsync(
        Sms, new StringContent(form, MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded")),
        [("X-Twilio-Signature", signature), .. headers]);

    private static string Sign(string secret, string body) => ProviderReports.Sign(secret, body);
}
