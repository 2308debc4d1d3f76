using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// Sections <c>Mail</c>, <c>Smtp</c>, <c>SendGrid</c>, <c>Twilio</c>, or the environment names of the readme (SMTP_HOST …).
/// </summary>
public sealed record MailSettings
{
    public string FromEmail { get; init; } = "noreply@realestateos.local";
    public string FromName { get; init; } = "Real Estate OS";
    public string? SmtpHost { get; init; }
    public int SmtpPort { get; init; } = 587;
    public string? SmtpUser { get; init; }
    public string? SmtpPassword { get; init; }
    public bool SmtpTls { get; init; }

    /// <summary>How long an unused connection is kept; servers hang up after minutes.</summary>
    public TimeSpan SmtpIdle { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Servers limit what one connection may carry.</summary>
    public int SmtpMailsPerConnection { get; init; } = 100;

    public string? SendGridApiKey { get; init; }
    public Uri SendGridUrl { get; init; } = new("https://api.sendgrid.com");
    public string? TwilioAccountSid { get; init; }
    public string? TwilioAuthToken { get; init; }
    public string? TwilioFrom { get; init; }
    public Uri TwilioUrl { get; init; } = new("https://api.twilio.com");

    /// <summary>Where mails go as files when nothing else is configured.</summary>
    public string Folder { get; init; } = "";

    public static MailSettings Load(IConfiguration configuration)
    {
        string? Read(string key, string? environment = null) =>
            configuration[key] is { Length: > 0 } value ? value
                : environment is not null && configuration[environment] is { Length: > 0 } fallback ? fallback : null;
        var basis = new MailSettings();
        var port = int.TryParse(Read("Smtp:Port", "SMTP_PORT"), CultureInfo.InvariantCulture, out var number) ? number : basis.SmtpPort;
        return basis with
        {
            FromEmail = Read("Mail:FromEmail") ?? Read("Smtp:FromEmail", "SMTP_FROM_EMAIL") ?? basis.FromEmail,
            FromName = Read("Mail:FromName") ?? Read("Smtp:FromName", "SMTP_FROM_NAME") ?? basis.FromName,
            SmtpHost = Read("Smtp:Host", "SMTP_HOST"), SmtpPort = port,
            SmtpUser = Read("Smtp:User", "SMTP_USER"), SmtpPassword = Read("Smtp:Password", "SMTP_PASSWORD"),
            SmtpTls = bool.TryParse(Read("Smtp:Tls", "SMTP_TLS"), out var tls) ? tls
                : port is 465 || (port is 587 && Read("Smtp:User", "SMTP_USER") is not null),
            SmtpIdle = TimeSpan.TryParse(Read("Smtp:Idle"), CultureInfo.InvariantCulture, out var idle) && idle > TimeSpan.Zero ? idle
                : basis.SmtpIdle,
            SmtpMailsPerConnection = int.TryParse(Read("Smtp:MailsPerConnection"), CultureInfo.InvariantCulture, out var mails) && mails > 0
                ? mails : basis.SmtpMailsPerConnection,
            SendGridApiKey = Read("SendGrid:ApiKey", "SENDGRID_API_KEY"), SendGridUrl = Address(Read("SendGrid:Url"), basis.SendGridUrl),
            TwilioAccountSid = Read("Twilio:AccountSid", "TWILIO_ACCOUNT_SID"),
            TwilioAuthToken = Read("Twilio:AuthToken", "TWILIO_AUTH_TOKEN"),
            TwilioFrom = Read("Twilio:From", "TWILIO_PHONE_NUMBER"), TwilioUrl = Address(Read("Twilio:Url"), basis.TwilioUrl),
            Folder = Path.Combine(Path.GetFullPath(Read("DataFolder") ?? ".data"), "mail"),
        };
    }

    private static Uri Address(string? text, Uri otherwise) => text is null ? otherwise : new Uri(text);
}
