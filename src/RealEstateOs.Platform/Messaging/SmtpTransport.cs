using System.Net;
using System.Net.Mail;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Platform.Messaging;

/// <summary>Sends by SMTP. A 5xx answer is final, everything else is tried again.</summary>
internal sealed class SmtpTransport(MailSettings settings) : IMailTransport
{
    public string Name => "smtp";

    public async Task<Receipt> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using var message = MimeMessage.Make(mail, settings);
        using var client = new SmtpClient(settings.SmtpHost, settings.SmtpPort) { EnableSsl = settings.SmtpTls, DeliveryFormat = MimeMessage.FormatFor(mail) };
        if (settings.SmtpUser is not null) client.Credentials = new NetworkCredential(settings.SmtpUser, settings.SmtpPassword);
        try
        {
            await client.SendMailAsync(message, ct);
            return new Receipt(mail.MessageId);
        }
        catch (SmtpException exception) when ((int)exception.StatusCode is >= 500 and < 600 && exception.StatusCode is not SmtpStatusCode.MustIssueStartTlsFirst and not SmtpStatusCode.ClientNotPermitted)
        {
            throw new PermanentJobFailure($"The mail server refuses the mail ({(int)exception.StatusCode}).", exception);
        }
    }
}
