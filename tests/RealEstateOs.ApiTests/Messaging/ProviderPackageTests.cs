using System.Text.Json;
using System.Web;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.Platform.Messaging;
using SendGrid;
using SendGrid.Helpers.Mail;
using Twilio.Clients;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;
using HttpClient = System.Net.Http.HttpClient;
using MailSettings = RealEstateOs.Platform.Messaging.MailSettings;

namespace RealEstateOs.ApiTests.Messaging;

/// <summary>The providers' own packages beside ours: what they send, and what they take for signed.</summary>
public sealed class ProviderPackageTests : IAsyncLifetime
{
    private FakeProvider provider = null!;

    public async ValueTask InitializeAsync() => provider = await FakeProvider.StartAsync();

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    [Fact]
    public async Task SendGrids_package_sends_the_same_mail()
    {
        var ours = new OutgoingMail(12, "<reos-12@example.com>", new Mail("jane@example.com", "Hello", "Text")
        {
            ToName = "Jane", Html = "<p>Text</p>", ReplyTo = "agent@example.com", Reference = "rcpt_7",
        }, DateTimeOffset.UnixEpoch);
        await provider.SendGrid.SendAsync(ours, TestContext.Current.CancellationToken);

        var settings = new MailSettings();
        var theirs = new SendGridMessage();
        theirs.SetFrom(settings.FromEmail, settings.FromName);
        theirs.AddTo("jane@example.com", "Jane");
        theirs.SetGlobalSubject("Hello");
        theirs.AddContent("text/plain", "Text");
        theirs.AddContent("text/html", "<p>Text</p>");
        theirs.SetReplyTo(new EmailAddress("agent@example.com"));
        theirs.AddGlobalHeader("Message-ID", "<reos-12@example.com>");
        theirs.AddGlobalCustomArg("message_id", "12");
        theirs.AddGlobalCustomArg("reference", "rcpt_7");
        using var http = new HttpClient(new SocketsHttpHandler());
        await new SendGridClient(http, new SendGridClientOptions { ApiKey = "SG.key", Host = provider.Address.ToString().TrimEnd('/') })
            .SendEmailAsync(theirs, TestContext.Current.CancellationToken);

        var asked = provider.Asked.ToArray();
        Assert.Equal((asked[1].Path, asked[1].Authorization), (asked[0].Path, asked[0].Authorization));
        Assert.True(JsonElement.DeepEquals(Json(asked[1].Body), Json(asked[0].Body)), $"{asked[1].Body}\n{asked[0].Body}");
    }

    [Fact]
    public async Task Twilios_package_sends_the_same_form()
    {
        provider.Answer = response =>
        {
            response.StatusCode = 201;
            return response.Body.WriteAsync("{\"sid\": \"SM1\"}"u8.ToArray()).AsTask();
        };
        await provider.Twilio.SendAsync(new OutgoingSms(3, new Sms("+971501234567", "Hello & welcome"), DateTimeOffset.UnixEpoch),
            TestContext.Current.CancellationToken);

        using var http = new HttpClient(new ToHere(provider.Address));
        await MessageResource.CreateAsync(to: new PhoneNumber("+971501234567"), from: new PhoneNumber("+15550100"), body: "Hello & welcome",
            client: new TwilioRestClient("AC1", "secret", httpClient: new SystemNetHttpClient(http)));

        var asked = provider.Asked.ToArray();
        Assert.Equal((asked[1].Path, asked[1].Authorization), (asked[0].Path, asked[0].Authorization));
        Assert.Equal(Form(asked[1].Body), Form(asked[0].Body));
    }

    [Fact]
    public void What_our_webhooks_take_for_signed_the_packages_do_too()
    {
        var form = HttpUtility.ParseQueryString(WebhookVectors.TwilioForm);
        var twilio = new Twilio.Security.RequestValidator(WebhookVectors.TwilioToken);
        Assert.True(twilio.Validate("http://localhost:8000/api/v1/webhooks/sms-provider", form, WebhookVectors.TwilioSignature));
        form["Extra"] = "1";
        Assert.False(twilio.Validate("http://localhost:8000/api/v1/webhooks/sms-provider", form, WebhookVectors.TwilioSignature));

        var sendGrid = new SendGrid.Helpers.EventWebhook.RequestValidator();
        var key = sendGrid.ConvertPublicKeyToECDSA(WebhookVectors.SendGridPublicKey);
        Assert.True(sendGrid.VerifySignature(key, WebhookVectors.SendGridBody, WebhookVectors.SendGridSignature,
            WebhookVectors.SendGridTimestamp));
        Assert.False(sendGrid.VerifySignature(key, WebhookVectors.SendGridBody + " ", WebhookVectors.SendGridSignature,
            WebhookVectors.SendGridTimestamp));
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static Dictionary<string, string?> Form(string text)
    {
        var fields = HttpUtility.ParseQueryString(text);
        return fields.AllKeys.ToDictionary(name => name!, name => fields[name]);
    }

    /// <summary>The package knows only Twilio's address.</summary>
    private sealed class ToHere(Uri address) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
