using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// Connections to the mail server, kept between mails: the greeting, TLS and the sign-in cost more than the mail itself.
/// One serves one mail at a time; it ends after <see cref="MailSettings.SmtpMailsPerConnection"/> mails, or unused for
/// <see cref="MailSettings.SmtpIdle"/>.
/// </summary>
internal sealed class SmtpConnections : IAsyncDisposable
{
    private readonly ConcurrentStack<SmtpConnection> idle = new(); // the last used first, so that those not needed grow old
    private readonly MailSettings settings;
    private readonly TimeProvider clock;
    private readonly ITimer sweeper;
    private volatile bool closed;

    public SmtpConnections(MailSettings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        sweeper = clock.CreateTimer(_ => _ = SweepAsync(), null, settings.SmtpIdle, settings.SmtpIdle);
    }

    /// <summary>One that is open and was used a moment ago, else a new one.</summary>
    public async Task<SmtpConnection> TakeAsync(CancellationToken ct)
    {
        while (idle.TryPop(out var kept))
        {
            if (!IsOld(kept) && kept.Client.IsConnected) return kept;
            await kept.EndAsync();
        }
        return await OpenAsync(ct);
    }

    public async Task<SmtpConnection> OpenAsync(CancellationToken ct)
    {
        // Else the last packet of a mail waits for an acknowledgement.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var client = new SmtpClient();
        try
        {
            await socket.ConnectAsync(settings.SmtpHost!, settings.SmtpPort, ct);
            await client.ConnectAsync(socket, settings.SmtpHost!, settings.SmtpPort, Security, ct);
            if (settings.SmtpUser is not null) await client.AuthenticateAsync(settings.SmtpUser, settings.SmtpPassword ?? "", ct);
            return new SmtpConnection(client);
        }
        catch
        {
            client.Dispose();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>For the next mail, unless it has carried its share or has lost the server.</summary>
    public async Task KeepAsync(SmtpConnection connection)
    {
        connection.UsedAt = clock.GetTimestamp();
        if (++connection.Mails >= settings.SmtpMailsPerConnection || !connection.Client.IsConnected) await connection.EndAsync();
        else idle.Push(connection);
        if (closed) await DropAsync();
    }

    private SecureSocketOptions Security =>
        !settings.SmtpTls ? SecureSocketOptions.None
            : settings.SmtpPort == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;

    private bool IsOld(SmtpConnection connection) => clock.GetElapsedTime(connection.UsedAt) >= settings.SmtpIdle;

    private async Task SweepAsync()
    {
        var all = new SmtpConnection[Math.Max(1, idle.Count)];
        var count = idle.TryPopRange(all);
        for (var i = count - 1; i >= 0; i--)
            if (!IsOld(all[i]) && !closed) idle.Push(all[i]);
            else await all[i].EndAsync();
    }

    private async Task DropAsync()
    {
        while (idle.TryPop(out var connection)) await connection.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        await sweeper.DisposeAsync();
        await DropAsync();
    }
}

internal sealed class SmtpConnection(SmtpClient client)
{
    private static readonly TimeSpan GoodBye = TimeSpan.FromSeconds(2);

    public SmtpClient Client => client;

    /// <summary>How many it has carried.</summary>
    public int Mails { get; set; }

    public long UsedAt { get; set; }

    /// <summary>Takes its leave of the server, or just hangs up.</summary>
    public async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(GoodBye);
        try
        {
            if (client.IsConnected) await client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception fault) when (fault is IOException or MailKit.CommandException or MailKit.ProtocolException
            or MailKit.ServiceNotConnectedException or OperationCanceledException)
        {
            // The server hung up first.
        }
        client.Dispose();
    }
}
