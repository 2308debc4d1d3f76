using System.Globalization;
using MimeKit;

namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// The development mailbox: a file for each message, named by time, recipient and id, so that a second attempt writes the same
/// file. Any mail program opens an .eml.
/// </summary>
internal sealed class FolderTransport(MailSettings settings) : IMailTransport, ISmsTransport
{
    public string Name => "folder";

    public async Task<Receipt> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        // Written apart, then moved under its name, complete.
        var draft = Path.Combine(Directory.CreateDirectory(Path.Combine(settings.Folder, ".drafts")).FullName,
            Guid.NewGuid().ToString("N"));
        using (var message = MimeMail.Make(mail, settings))
        {
            message.Prepare(EncodingConstraint.SevenBit);
            await message.WriteToAsync(MimeMail.FormatFor(mail), draft, ct);
        }
        File.Move(draft, FileName(mail.WrittenAt, mail.Mail.To, mail.Id, "eml"), overwrite: true);
        return new Receipt(mail.MessageId);
    }

    public async Task<Receipt> SendAsync(OutgoingSms sms, CancellationToken ct)
    {
        Directory.CreateDirectory(settings.Folder);
        await File.WriteAllTextAsync(FileName(sms.WrittenAt, sms.Sms.To, sms.Id, "sms.txt"), $"To: {sms.Sms.To}\n\n{sms.Sms.Text}\n", ct);
        return new Receipt(null);
    }

    private string FileName(DateTimeOffset time, string recipient, long id, string ending)
    {
        var to = string.Concat(recipient.Select(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '_' ? c : '_'));
        return Path.Combine(settings.Folder, string.Create(CultureInfo.InvariantCulture, $"{time:yyyyMMdd-HHmmss}_{to}_{id}.{ending}"));
    }
}
