using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.Accounts;

/// <summary>Keeps to what a network asked of an account, for all posts that come after.</summary>
internal sealed class AccountDesk(IServiceScopeFactory scopes, TimeProvider clock)
{
    public async Task HeedAsync(SocialAccount account, NetworkFault asked)
    {
        if (asked.Kind == FaultKind.Reconnect) account.Status = SocialAccountStatus.ReconnectNeeded;
        else account.HeldUntil = clock.Now() + (asked.After ?? TimeSpan.FromMinutes(15));
        account.Trouble = asked.Message;
        var (status, until, trouble) = (account.Status, account.HeldUntil, account.Trouble);
        await using var scope = scopes.CreateTenantScope(account.OrganizationId);
        // A token that was replaced meanwhile has its own luck.
        await scope.ServiceProvider.GetRequiredService<SocialDb>().Accounts
            .Where(a => a.Id == account.Id && a.TokenRefreshedAt == account.TokenRefreshedAt)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, status).SetProperty(a => a.HeldUntil,
                until).SetProperty(a => a.Trouble, trouble));
    }
}
