using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>
/// What incoming webhooks are verified with, for the whole installation: <c>Webhooks:EmailSecret</c>, <c>Webhooks:SmsSecret</c> (HMAC),
/// <c>Webhooks:SendGridPublicKey</c> (base64 SPKI), <c>Twilio:AuthToken</c>,
/// <c>Twilio:SharedKey</c>. Without its secret a format is refused; outside Production the
/// two HMAC secrets are made and kept in the data folder.
/// </summary>
internal sealed class WebhookSecrets
{
    public WebhookSecrets(IConfiguration configuration, IHostEnvironment environment, MailSettings mail)
    {
        EmailSecret = configuration["Webhooks:EmailSecret"] ?? Kept(configuration, environment, "webhook-email.key");
        SmsSecret = configuration["Webhooks:SmsSecret"] ?? Kept(configuration, environment, "webhook-sms.key");
        SendGridPublicKey = configuration["Webhooks:SendGridPublicKey"] is { Length: > 0 } key ? Convert.FromBase64String(key) : null;
        Twilio = new(mail.TwilioAuthToken, configuration["Twilio:SharedKey"]);
    }

    public string? EmailSecret { get; }
    public string? SmsSecret { get; }
    public byte[]? SendGridPublicKey { get; }
    public TwilioKeys Twilio { get; }

    private static string? Kept(IConfiguration configuration, IHostEnvironment environment, string name)
    {
        if (environment.IsProduction()) return null;
        var path = Path.Combine(configuration["DataFolder"] ?? ".data", name);
        if (File.Exists(path)) return File.ReadAllText(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        File.WriteAllText(path, secret);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return secret;
    }
}
