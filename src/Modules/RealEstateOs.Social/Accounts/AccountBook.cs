using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.Accounts;

/// <summary>An account and its tokens, as a person pasted them or a sign-in brought them.</summary>
internal sealed record AccountToKeep(
    SocialPlatform Platform, string ExternalId, string? Name, OpenTokens Tokens, DateTimeOffset? ExpiresAt, bool? IsDefault);

/// <summary>Keeps accounts with their tokens, sealed, in the caller's transaction.</summary>
internal sealed class AccountBook(SocialDb db, TokenSeal seal, TimeProvider clock)
{
    /// <summary>The same account again gets the new tokens, and what was held because the old ones had ended goes out.</summary>
    public async Task<SocialAccount> KeepAsync(AccountToKeep kept, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended('social.accounts', {db.CurrentOrganization.Value}))", ct);
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.Platform == kept.Platform && a.ExternalId == kept.ExternalId, ct);
        var others = await db.Accounts.Where(a => a.Platform == kept.Platform && a.ExternalId != kept.ExternalId && a.IsDefault)
            .ToListAsync(ct);
        if (account is null)
            db.Add(account = new SocialAccount { Platform = kept.Platform, ExternalId = kept.ExternalId,
                Name = kept.Name ?? kept.ExternalId, IsDefault = others.Count == 0 });
        if (kept.IsDefault == true)
        {
            foreach (var other in others) other.IsDefault = false;
            await db.SaveChangesAsync(ct); // the index knows one default at a time
            account.IsDefault = true;
        }
        account.Name = kept.Name ?? account.Name;
        (account.Status, account.Trouble, account.HeldUntil) = (SocialAccountStatus.Connected, null, null);
        account.AccessToken = seal.Seal(kept.Tokens.Access, db.CurrentOrganization);
        account.RefreshToken = kept.Tokens.Refresh is { } refresh ? seal.Seal(refresh, db.CurrentOrganization) : null;
        (account.TokenExpiresAt, account.TokenRefreshedAt) = (kept.ExpiresAt, clock.Now());
        await db.SaveChangesAsync(ct);
        await ReleaseAsync(account, ct);
        return account;
    }

    // What waits for the account, and whose time is not yet over; the rest says so itself when it is looked at.
    private async Task ReleaseAsync(SocialAccount account, CancellationToken ct)
    {
        var held = await db.Posts.Where(p => p.Platform == account.Platform && p.Status == PostStatus.Held && p.ErrorCode != null
            && (p.AccountId == account.Id || p.AccountId == null && account.IsDefault)).ToListAsync(ct);
        foreach (var post in held.Where(p => p.ScheduledAt is not null && IsAboutTheAccount(p.ErrorCode!)))
            post.ScheduleAt(Later(post.ScheduledAt!.Value, clock.Now()));
        await db.SaveChangesAsync(ct);
    }

    private static bool IsAboutTheAccount(string code) =>
        code is "reconnect" or "no_account" || code.EndsWith(".190", StringComparison.Ordinal)
            || code.Contains(".190.", StringComparison.Ordinal)
        || code.EndsWith(".401", StringComparison.Ordinal) || code.EndsWith(".token", StringComparison.Ordinal);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
