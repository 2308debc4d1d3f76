using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Accounts;

/// <summary>Hands account mails to the SMTP server, or, where none is configured, writes them as .eml files to <c>mail</c> in the data folder.</summary>
internal sealed class MailDrop(IConfiguration configuration, ILogger<MailDrop> log)
{
    public void SendAfterCommit(UnitOfWork work, string to, string subject, string text, string html) => work.AfterCommit(async ct =>
    {
        try
        {
            await SendAsync(to, subject, text, html, ct);
        }
        catch (Exception e) when (e is SmtpException or IOException)
        {
            log.LogError(e, "A mail about an account could not be sent: {Subject}", subject);
        }
    });

    private async Task SendAsync(string to, string subject, string text, string html, CancellationToken ct)
    {
        using var message = new MailMessage(configuration["Smtp:From"] ?? "no-reply@realestateos.local", to) { Subject = subject, Body = text, BodyEncoding = Encoding.UTF8, SubjectEncoding = Encoding.UTF8 };
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(html, Encoding.UTF8, MediaTypeNames.Text.Html));
        using var client = Client();
        await client.SendMailAsync(message, ct);
    }

    private SmtpClient Client()
    {
        if (configuration["Smtp:Host"] is { Length: > 0 } host)
        {
            var client = new SmtpClient(host, configuration.GetValue("Smtp:Port", 25)) { EnableSsl = configuration.GetValue("Smtp:Tls", false) };
            if (configuration["Smtp:User"] is { Length: > 0 } user) client.Credentials = new NetworkCredential(user, configuration["Smtp:Password"]);
            return client;
        }
        var folder = Path.GetFullPath(Path.Combine(configuration["DataFolder"] ?? ".data", "mail"));
        Directory.CreateDirectory(folder);
        return new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder };
    }
}
