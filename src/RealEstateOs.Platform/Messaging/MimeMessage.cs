using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace RealEstateOs.Platform.Messaging;

/// <summary>A mail as the framework's MIME writer wants it: text first, HTML beside it.</summary>
internal static class MimeMessage
{
    /// <summary>Only an address that ASCII can't say asks for a server that knows SMTPUTF8.</summary>
    public static SmtpDeliveryFormat FormatFor(OutgoingMail mail) => Ascii.IsValid(mail.Mail.To) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International;

    public static MailMessage Make(OutgoingMail outgoing, MailSettings settings)
    {
        var mail = outgoing.Mail;
        var message = new MailMessage
        {
            From = new MailAddress(settings.FromEmail, settings.FromName, Encoding.UTF8), Subject = mail.Subject, SubjectEncoding = Encoding.UTF8,
            Body = mail.Text, BodyEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(mail.To, mail.ToName, Encoding.UTF8));
        if (mail.ReplyTo is { } reply) message.ReplyToList.Add(new MailAddress(reply));
        if (mail.Html is { } html) message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(html, Encoding.UTF8, MediaTypeNames.Text.Html));
        message.Headers["Message-ID"] = outgoing.MessageId;
        foreach (var (name, value) in mail.Headers) message.Headers[name] = value;
        return message;
    }
}
