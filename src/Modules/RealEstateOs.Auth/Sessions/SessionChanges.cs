using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Sessions;

/// <summary>Opens, prolongs and ends sessions; whoever changes what a user may do tells it here.</summary>
internal sealed class SessionChanges(AuthDb db, SessionCache cache, RefreshSecrets secrets, IOptions<AuthOptions> options)
{
    private DateTimeOffset Now => db.Work.Clock.Now();

    /// <summary>A new session with its first refresh token.</summary>
    public async Task<(Session Session, string RefreshToken)> OpenAsync(User user, CancellationToken ct)
    {
        var session = new Session
        {
            UserId = user.Id, CreatedAt = Now, ExpiresAt = Now + options.Value.RefreshTokenLifetime,
            IpAddress = db.Work.Origin.Address, UserAgent = db.Work.Origin.Program,
        };
        db.Add(session);
        await db.SaveChangesAsync(ct);
        return (session, await AddTokenAsync(session, Secrets.NewToken(), ct));
    }

    /// <summary>
    /// Uses a refresh token up and gives the next one; null, and the end of the session, where it was used before. A client whose answer
    /// was lost repeats its request with the same Idempotency-Key and gets the same token, for as long as that one is unused, and for
    /// seconds only.
    /// </summary>
    public async Task<(Session Session, string RefreshToken)?> RotateAsync(string refreshToken, string? idempotencyKey,
        CancellationToken ct)
    {
        var (now, hash, next) = (Now, Secrets.Hash(refreshToken), secrets.After(refreshToken, idempotencyKey));
        var mine = await db.RefreshTokens.Where(t => t.Hash == hash && t.UsedAt == null).ExecuteUpdateAsync(
            t => t.SetProperty(r => r.UsedAt, now), ct) == 1;
        var token = await db.RefreshTokens.AsNoTracking().FirstAsync(t => t.Hash == hash, ct);
        var session = await db.Sessions.FirstAsync(s => s.Id == token.SessionId, ct);
        if (session.EndedAt is not null) return null;
        if (!mine)
        {
            var given = Secrets.Hash(next);
            if (token.UsedAt > now - options.Value.RefreshGrace && await db.RefreshTokens.AnyAsync(t => t.Hash == given && t.UsedAt == null,
                ct)) return (session, next);
            await EndAsync([session], "refresh_token_reused", ct);
            return null;
        }
        if (token.ExpiresAt <= now) return null;
        session.ExpiresAt = now + options.Value.RefreshTokenLifetime;
        await db.RefreshTokens.Where(t => t.SessionId == session.Id && t.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        return (session, await AddTokenAsync(session, next, ct));
    }

    /// <summary>Ends sessions of a user; one may be spared.</summary>
    public async Task EndAllAsync(UserId user, string reason, CancellationToken ct, long? except = null) =>
        await EndAsync(await db.Sessions.Where(s => s.UserId == user && s.EndedAt == null && s.Id != except).ToListAsync(ct), reason, ct);

    public async Task EndAsync(IReadOnlyCollection<Session> sessions, string reason, CancellationToken ct)
    {
        foreach (var session in sessions) (session.EndedAt, session.EndReason) = (Now, reason);
        cache.Forget(db.Work, [.. sessions.Select(s => s.Id)]);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The sessions of these users go on, but are read anew.</summary>
    public async Task RefreshAsync(IQueryable<UserId> users, CancellationToken ct)
    {
        var now = Now;
        cache.Forget(db.Work, await db.Sessions.Where(s => s.EndedAt == null && s.ExpiresAt > now && users.Contains(s.UserId))
            .Select(s => s.Id).ToListAsync(ct));
    }

    private async Task<string> AddTokenAsync(Session session, string token, CancellationToken ct)
    {
        db.Add(new RefreshToken { SessionId = session.Id, Hash = Secrets.Hash(token), CreatedAt = Now,
            ExpiresAt = Now + options.Value.RefreshTokenLifetime });
        await db.SaveChangesAsync(ct);
        return token;
    }
}
