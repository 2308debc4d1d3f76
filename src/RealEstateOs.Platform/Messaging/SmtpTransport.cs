using System.Net.Mail;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Platform.Messaging;

/// <summary>Sends by SMTP over kept connections. What the server says of the mail is final if it is a 5xx; all else is tried again.</summary>
internal sealed class SmtpTransport(MailSettings settings, SmtpConnections connections) : IMailTransport
{
    public string Name => "smtp";

    public async Task<Receipt> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using var message = MimeMessage.Make(mail, settings);
        var connection = connections.Take();
        try
        {
            await SendAsync(connection, message, mail, ct);
        }
        catch (SmtpException lost) when (connection.Mails > 0 && IsLost(lost) && !ct.IsCancellationRequested)
        {
            // The server had closed it, as servers may. The Message-Id tells, should it have taken the mail before.
            connection = connections.Open();
            await SendAsync(connection, message, mail, ct);
        }
        connections.Keep(connection);
        return new Receipt(mail.MessageId);
    }

    private static async Task SendAsync(SmtpConnection connection, MailMessage message, OutgoingMail mail, CancellationToken ct)
    {
        try
        {
            connection.Client.DeliveryFormat = MimeMessage.FormatFor(mail);
            // The framework does not take back what waits for the server's word about a whole mail; we leave it and hang up.
            await connection.Client.SendMailAsync(message, ct).WaitAsync(ct);
        }
        catch (SmtpException refused) when (IsFinal(refused, connection.Mails == 0))
        {
            connection.Dispose();
            throw new PermanentJobFailure($"The mail server refuses the mail ({(int)refused.StatusCode}).", refused);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // 530 to 538 are about our sign-in, which an operator will mend. So may be a 554 to a connection that has carried nothing yet: a server greets with it whom it does not serve.
    private static bool IsFinal(SmtpException refused, bool fresh) =>
        (int)refused.StatusCode is >= 500 and < 600 and not (>= 530 and <= 538) && !(fresh && refused.StatusCode == SmtpStatusCode.TransactionFailed);

    private static bool IsLost(SmtpException fault) => fault.StatusCode is SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable;
}
