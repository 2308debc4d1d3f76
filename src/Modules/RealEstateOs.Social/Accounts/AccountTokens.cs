using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.Accounts;

/// <summary>
/// Gives the token of an account, renewed in time. One that can be used only once (X) is renewed under the account's lock, and the new one
/// is saved before anything else happens.
/// </summary>
internal sealed class AccountTokens(IServiceScopeFactory scopes, TokenSeal seal, TimeProvider clock)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5), LongLived = TimeSpan.FromDays(7);

    public async Task<string> OfAsync(SocialAccount account, INetwork network, NetworkClient client, CancellationToken ct)
    {
        if (seal.Open(account) is not { } tokens) throw Lost(network);
        if (!IsDue(account)) return tokens.Access;
        await using var scope = scopes.CreateTenantScope(account.OrganizationId);
        var db = scope.ServiceProvider.GetRequiredService<SocialDb>();
        await db.Work.BeginAsync(ct);
        try
        {
            await db.Database.ExecuteSqlAsync($"select 1 from social.accounts where id = {account.Id.Value} for update", ct);
            var current = await db.Accounts.FirstAsync(a => a.Id == account.Id, ct);
            if (seal.Open(current) is not { } held) throw Lost(network);
            // Somebody else was first.
            if (!IsDue(current)) return held.Access;
            if (await network.RefreshAsync(current, held, client, ct) is { } fresh)
            {
                (current.AccessToken, current.RefreshToken) = (seal.Seal(fresh.Access, current.OrganizationId),
                    fresh.Refresh is { } r ? seal.Seal(r, current.OrganizationId) : null);
                (current.TokenExpiresAt, current.TokenRefreshedAt) = (clock.Now() + fresh.Lifetime, clock.Now());
                await db.SaveChangesAsync(ct);
                await db.Work.CommitAsync(CancellationToken.None);
                return fresh.Access;
            }
            if (current.TokenExpiresAt < clock.GetUtcNow()) throw Lost(network);
            return held.Access;
        }
        finally
        {
            await db.Work.RollbackAsync();
        }
    }

    /// <summary>Short-lived ones just before their end, those of months every week: not on their last day.</summary>
    private bool IsDue(SocialAccount account)
    {
        var now = clock.GetUtcNow();
        if (account.TokenExpiresAt is not { } ends) return false;
        if (ends < now + Soon) return true;
        return account.Platform == SocialPlatform.Instagram && (account.TokenRefreshedAt ?? account.CreatedAt) < now - LongLived;
    }

    private static NetworkFault Lost(INetwork network) => new(
        FaultKind.Reconnect, $"{Vocabulary.Word(network.Platform)}.token", "The account's token has expired.",
        "Connect the account again.");
}
