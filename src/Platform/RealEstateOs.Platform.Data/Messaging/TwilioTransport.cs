using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace RealEstateOs.Platform.Messaging;

/// <summary>Twilio's Messages API.</summary>
internal sealed class TwilioTransport(IHttpClientFactory clients, MailSettings settings, TimeProvider clock) : ISmsTransport
{
    public string Name => "twilio";

    public async Task<Receipt> SendAsync(OutgoingSms sms, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post,
            new Uri(settings.TwilioUrl, $"/2010-04-01/Accounts/{Uri.EscapeDataString(settings.TwilioAccountSid!)}/Messages.json"))
        {
            Content = new FormUrlEncodedContent([new("To", sms.Sms.To), new("From", settings.TwilioFrom ?? ""), new("Body", sms.Sms.Text)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.ASCII.GetBytes($"{settings.TwilioAccountSid}:{settings.TwilioAuthToken}")));
        using var response = await clients.CreateClient(Name).SendAsync(request, ct);
        await ProviderAnswers.RequireAsync(response, "Twilio", clock, ct);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
        return new Receipt(answer.TryGetProperty("sid", out var sid) ? sid.GetString() : null);
    }
}
