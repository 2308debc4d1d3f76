using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace RealEstateOs.Platform.Messaging;

/// <summary>SendGrid's v3 API. Our id travels as a custom argument, so that its events name it.</summary>
internal sealed class SendGridTransport(IHttpClientFactory clients, MailSettings settings, TimeProvider clock) : IMailTransport
{
    public string Name => "sendgrid";

    public async Task<Receipt> SendAsync(OutgoingMail outgoing, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post,
            new Uri(settings.SendGridUrl, "/v3/mail/send")) { Content = JsonContent.Create(Body(outgoing)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.SendGridApiKey);
        using var response = await clients.CreateClient(Name).SendAsync(request, ct);
        await ProviderAnswers.RequireAsync(response, "SendGrid", clock, ct);
        return new Receipt(response.Headers.TryGetValues("X-Message-Id", out var ids) ? ids.FirstOrDefault() : null);
    }

    private Dictionary<string, object> Body(OutgoingMail outgoing)
    {
        var mail = outgoing.Mail;
        var content = new List<object> { new { type = "text/plain", value = mail.Text } };
        if (mail.Html is { } html) content.Add(new { type = "text/html", value = html });
        var headers = new Dictionary<string, string>(mail.Headers) { ["Message-ID"] = outgoing.MessageId };
        var arguments = new Dictionary<string, string> { ["message_id"] = outgoing.Id.ToString(
            System.Globalization.CultureInfo.InvariantCulture) };
        if (mail.Reference is { } reference) arguments["reference"] = reference;
        var body = new Dictionary<string, object>
        {
            ["personalizations"] = new[] { new { to = new[] { Address(mail.To, mail.ToName) } } },
            ["from"] = Address(settings.FromEmail, mail.FromName ?? settings.FromName), ["subject"] = mail.Subject, ["content"] = content,
            ["headers"] = headers, ["custom_args"] = arguments,
        };
        if (mail.ReplyTo?.Split(',', StringSplitOptions.TrimEntries) is { } replies)
        {
            if (replies is [var only]) body["reply_to"] = Address(only, null);
            else body["reply_to_list"] = replies.Select(address => Address(address, null));
        }
        return body;
    }

    private static Dictionary<string, string> Address(string email, string? name) =>
        name is null ? new() { ["email"] = email } : new() { ["email"] = email, ["name"] = name };
}
