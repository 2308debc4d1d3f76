using MimeKit;
using MimeKit.Text;

namespace RealEstateOs.Platform.Messaging;

/// <summary>A mail as MIME: text first, HTML beside it.</summary>
internal static class MimeMail
{
    public static MimeMessage Make(OutgoingMail outgoing, MailSettings settings)
    {
        var mail = outgoing.Mail;
        var text = new TextPart(TextFormat.Plain) { Text = mail.Text };
        var message = new MimeMessage
        {
            Subject = mail.Subject, MessageId = outgoing.MessageId.Trim('<', '>'), Date = outgoing.WrittenAt,
            Body = mail.Html is { } html ? new MultipartAlternative { text, new TextPart(TextFormat.Html) { Text = html } } : text,
        };
        message.From.Add(new MailboxAddress(mail.FromName ?? settings.FromName, settings.FromEmail));
        message.To.Add(new MailboxAddress(mail.ToName, mail.To));
        if (mail.ReplyTo is { } reply) message.ReplyTo.AddRange(InternetAddressList.Parse(reply));
        foreach (var (name, value) in mail.Headers) message.Headers[name] = value;
        return message;
    }

    /// <summary>Only an address that ASCII can't say asks for a server that knows SMTPUTF8.</summary>
    public static FormatOptions FormatFor(OutgoingMail mail)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = !System.Text.Ascii.IsValid(mail.Mail.To);
        return format;
    }
}
