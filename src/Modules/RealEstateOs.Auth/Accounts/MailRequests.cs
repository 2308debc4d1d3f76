using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Accounts;

/// <summary>
/// Requests of strangers for a mail. They are worked off beside the request, so that the time of the answer does not tell
/// whether there was a mail to send; one that is lost with the process is asked for again.
/// </summary>
internal sealed class MailRequests(DataSources sources, IServiceScopeFactory scopes, Foreground foreground,
    ILogger<MailRequests> log) : BackgroundService
{
    private readonly Channel<(string Email, TokenPurpose Purpose)> waiting =
        Channel.CreateBounded<(string, TokenPurpose)>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Add(string email, TokenPurpose purpose) => waiting.Writer.TryWrite((email, purpose));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (email, purpose) in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            using var waited = foreground.Enter();
            try
            {
                await SendAsync(email, purpose, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "A mail of kind {Purpose} could not be prepared", purpose);
            }
        }
    }

    private async Task SendAsync(string email, TokenPurpose purpose, CancellationToken ct)
    {
        if (await Accounts.FindAsync(sources, email, ct) is not { IsActive: true } account) return;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TenantTransaction>().RunAsync(account.Organization, account.User, async services =>
        {
            var user = await services.GetRequiredService<AuthDb>().Users.FirstAsync(u => u.Id == account.User, ct);
            var mails = services.GetRequiredService<AccountMails>();
            if (purpose == TokenPurpose.ResetPassword) await mails.ResetAsync(user, ct);
            else if (user.EmailVerifiedAt is null) await mails.VerifyAsync(user, ct);
            return true;
        }, ct);
    }
}
