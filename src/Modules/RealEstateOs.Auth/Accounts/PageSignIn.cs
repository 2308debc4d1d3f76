using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Accounts;

/// <summary>Opens a session for the operators' page; it ends like any other.</summary>
internal sealed class PageSignIn(CredentialCheck check, TenantTransaction transaction) : IPageSignIn
{
    public async Task<long> SignInAsync(string email, string password, CancellationToken ct)
    {
        var (account, renewedHash) = await check.PassAsync(email, password, deviceToken: null, ct);
        return await transaction.RunAsync(account.Organization, account.User, async services =>
        {
            var db = services.GetRequiredService<AuthDb>();
            var user = await db.Users.FirstAsync(u => u.Id == account.User, ct);
            user.PasswordHash = renewedHash ?? user.PasswordHash;
            user.LastLoginAt = db.Work.Clock.Now();
            return (await services.GetRequiredService<SessionChanges>().OpenAsync(user, ct)).Session.Id;
        }, ct);
    }

    public Task SignOutAsync(OrganizationId organization, UserId user, long session, CancellationToken ct) =>
        transaction.RunAsync(organization, user, async services =>
        {
            var sessions = await services.GetRequiredService<AuthDb>().Sessions
                .Where(s => s.Id == session && s.UserId == user && s.EndedAt == null).ToListAsync(ct);
            await services.GetRequiredService<SessionChanges>().EndAsync(sessions, "logout", ct);
            return true;
        }, ct);
}
