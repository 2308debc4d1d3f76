using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// Sends by SMTP over kept connections. Final is what the server says for good (5xx) of the recipient or of the mail; a fault of
/// the connection, of the sign-in or of our sender address is tried again.
/// </summary>
internal sealed class SmtpTransport(MailSettings settings, SmtpConnections connections) : IMailTransport
{
    public string Name => "smtp";

    public async Task<Receipt> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using var message = MimeMail.Make(mail, settings);
        var format = MimeMail.FormatFor(mail);
        var connection = await connections.TakeAsync(ct);
        try
        {
            await SendAsync(connection, message, format, ct);
        }
        catch (Exception lost) when (connection.Mails > 0 && IsLost(lost) && !ct.IsCancellationRequested)
        {
            // The server had closed it, as servers may. The Message-Id tells, should it have taken the mail before.
            await SendAsync(await connections.OpenAsync(ct), message, format, ct);
        }
        return new Receipt(mail.MessageId);
    }

    private async Task SendAsync(SmtpConnection connection, MimeMessage message, FormatOptions format, CancellationToken ct)
    {
        try
        {
            await connection.Client.SendAsync(format, message, ct);
            await connections.KeepAsync(connection);
        }
        catch (SmtpCommandException refused) when ((int)refused.StatusCode >= 500
            && refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            await connections.KeepAsync(connection); // it is the mail's fault
            throw new PermanentJobFailure($"The mail server refuses the mail: {(int)refused.StatusCode} {refused.Message}", refused);
        }
        catch
        {
            await connection.EndAsync();
            throw;
        }
    }

    private static bool IsLost(Exception fault) =>
        fault is IOException or SocketException or ProtocolException or ServiceNotConnectedException
            || fault is SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };
}
