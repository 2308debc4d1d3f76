using System.Globalization;
using System.Text.Json;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Auth.Sessions;

/// <summary>
/// Principals by session, for seconds: in Redis, and nearer in each host's memory (<see cref="NearCache"/>). A change writes a mark over
/// the entry, before its commit and after it; while the mark stands, readers ask the database, and a reader that was under way can't put
/// its old answer over it.
/// </summary>
internal sealed class SessionCache(RedisCache redis, NearCache near, SessionHints hints, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Marked = TimeSpan.FromSeconds(40);
    private const string Mark = "changed";

    private long distrustedUntil;

    public async Task<Principal?> FindAsync(long session, CancellationToken ct)
    {
        if (clock.GetUtcNow().Ticks < Interlocked.Read(ref distrustedUntil)) return null;
        if (near.Find<Principal>(Key(session)) is { } known) return known;
        var kept = (await redis.GetAsync(Key(session), ct)).Or(null);
        if (kept is null or Mark) return null;
        var who = JsonSerializer.Deserialize<Principal>(kept, Json.Options)!;
        near.Keep(Key(session), who);
        return who;
    }

    public async Task KeepAsync(Principal who, CancellationToken ct)
    {
        var isKept = await redis.SetIfAbsentAsync(Key(who.SessionId), JsonSerializer.Serialize(who, Json.Options), Kept, ct);
        if (isKept.Or(false)) near.Keep(Key(who.SessionId), who);
    }

    /// <summary>What these sessions may do is about to change.</summary>
    public void Forget(UnitOfWork work, IReadOnlyCollection<long> sessions)
    {
        if (sessions.Count == 0) return;
        near.ForgetWith(work, [.. sessions.Select(Key)]);
        work.BeforeCommit(_ => MarkAsync(sessions));
        work.AfterCommit(async _ =>
        {
            await MarkAsync(sessions);
            await hints.AnnounceAsync(sessions);
        });
    }

    private async Task MarkAsync(IEnumerable<long> sessions)
    {
        const string script = "for _, key in ipairs(KEYS) do redis.call('set', key, ARGV[1], 'ex', ARGV[2]) end return 1";
        var marked = await redis.EvaluateAsync(script, sessions.Select(Key), [Mark, (long)Marked.TotalSeconds]);
        // Redis may come back with entries from before: this host does not believe it until they have expired.
        if (marked.IsAway) Interlocked.Exchange(ref distrustedUntil, (clock.GetUtcNow() + Kept).Ticks);
    }

    private static string Key(long session) => "session:" + session.ToString(CultureInfo.InvariantCulture);
}
