using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Communications;

/// <summary>What providers would report, signed with the tests' secrets.</summary>
internal static class ProviderReports
{
    public static Task<Answer> MailEventAsync(this Server server, object happened) =>
        SendAsync(server, "email-provider", WebhookVectors.EmailSecret, happened);

    public static Task<Answer> TextEventAsync(this Server server, object happened) =>
        SendAsync(server, "sms-provider", WebhookVectors.SmsSecret, happened);

    public static string Sign(string secret, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private static Task<Answer> SendAsync(Server server, string provider, string secret, object happened)
    {
        var body = JsonSerializer.Serialize(happened);
        return server.Anonymous.PostAsync($"/api/v1/webhooks/{provider}", body, ("X-Webhook-Signature", "sha256=" + Sign(secret, body)));
    }
}
