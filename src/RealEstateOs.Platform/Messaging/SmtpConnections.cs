using System.Collections.Concurrent;
using System.Net;
using System.Net.Mail;

namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// Connections to the mail server, kept between mails: the greeting, TLS and the sign-in cost more than the mail itself.
/// One serves one mail at a time; it ends after <see cref="MailSettings.SmtpMailsPerConnection"/> mails, or unused for <see cref="MailSettings.SmtpIdle"/>.
/// </summary>
internal sealed class SmtpConnections : IDisposable
{
    private readonly ConcurrentStack<SmtpConnection> idle = new(); // the last used first, so that those not needed grow old
    private readonly MailSettings settings;
    private readonly TimeProvider clock;
    private readonly ITimer sweeper;
    private volatile bool closed;

    public SmtpConnections(MailSettings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        sweeper = clock.CreateTimer(_ => Sweep(), null, settings.SmtpIdle, settings.SmtpIdle);
    }

    /// <summary>One that is open and was used a moment ago, else a new one, which connects when it sends.</summary>
    public SmtpConnection Take() => idle.TryPop(out var kept) && !Ended(kept, keep: false) ? kept : Open();

    public SmtpConnection Open()
    {
        var client = new SmtpClient(settings.SmtpHost, settings.SmtpPort) { EnableSsl = settings.SmtpTls };
        if (settings.SmtpUser is not null) client.Credentials = new NetworkCredential(settings.SmtpUser, settings.SmtpPassword);
        return new SmtpConnection(client);
    }

    /// <summary>Only after a mail that went well: what a fault left behind is not to be trusted.</summary>
    public void Keep(SmtpConnection connection)
    {
        connection.UsedAt = clock.GetTimestamp();
        if (++connection.Mails >= settings.SmtpMailsPerConnection || closed) connection.Dispose();
        else idle.Push(connection);
        if (closed) Drop();
    }

    private void Sweep()
    {
        var all = new SmtpConnection[idle.Count];
        for (var i = idle.TryPopRange(all, 0, all.Length) - 1; i >= 0; i--) _ = Ended(all[i], keep: true);
    }

    private bool Ended(SmtpConnection connection, bool keep)
    {
        if (clock.GetElapsedTime(connection.UsedAt) < settings.SmtpIdle)
        {
            if (keep) idle.Push(connection);
            return false;
        }
        connection.Dispose();
        return true;
    }

    private void Drop()
    {
        while (idle.TryPop(out var connection)) connection.Dispose();
    }

    public void Dispose()
    {
        closed = true;
        sweeper.Dispose();
        Drop();
    }
}

internal sealed class SmtpConnection(SmtpClient client) : IDisposable
{
    public SmtpClient Client => client;

    /// <summary>How many it has carried.</summary>
    public int Mails { get; set; }

    public long UsedAt { get; set; }

    /// <summary>Takes its leave of the server, or just hangs up where there is nothing to say good-bye to.</summary>
    public void Dispose()
    {
        try
        {
            client.Dispose();
        }
        catch (Exception fault) when (fault is IOException or SmtpException or ObjectDisposedException)
        {
            // The server hung up first.
        }
    }
}
