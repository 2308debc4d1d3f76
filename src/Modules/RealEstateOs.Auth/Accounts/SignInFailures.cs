using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

/// <summary>
/// Counts failed sign-ins of an address from one origin, and of all that are unknown together, and locks it there. Addresses without an
/// account are counted alike; otherwise the delay or the lock would tell them apart.
/// </summary>
internal sealed class SignInFailures(DataSources sources, IOptions<AuthOptions> options, TimeProvider clock)
{
    private static readonly byte[] Everywhere = [];

    private const string LockedSql =
        "select max(locked_until) from auth.sign_in_failures where email_hash = $1 and origin_hash = any($2) and locked_until > $3";

    private const string CountSql =
        """
        insert into auth.sign_in_failures as f (email_hash, origin_hash, failures, last_failed_at, locked_until)
        values ($1, $2, 1, $3, case when $5 <= 1 then $3 + $4 end)
        on conflict (email_hash, origin_hash) do update set
            failures = case when f.last_failed_at <= $3 - $4 then 1 else f.failures + 1 end,
            last_failed_at = $3,
            locked_until = case when (case when f.last_failed_at <= $3 - $4 then 1 else f.failures + 1 end) >= $5 then $3 + $4 end
        returning failures
        """;

    private const string ForgetSql =
        "delete from auth.sign_in_failures where (email_hash = $1 and origin_hash = $2) or last_failed_at < $3";

    private const string GiveBackSql =
        "update auth.sign_in_failures set failures = failures - 1, locked_until = case when failures > $3 then locked_until end "
            + "where email_hash = $1 and origin_hash = $2";

    /// <summary>
    /// Counts an attempt as failed before it is made, so that many hosts let no more through than one. Tells for how long the address is
    /// locked here, else the how manieth failure it is if the password turns out wrong.
    /// </summary>
    public async Task<(TimeSpan? LockedFor, int Failures)> BeginAsync(string email, SignInOrigin origin, CancellationToken ct)
    {
        var (key, now, o) = (Key(email), clock.Now(), options.Value);
        byte[][] counted = origin.IsKnownDevice ? [origin.Hash] : [origin.Hash, Everywhere];
        if (await ScalarAsync(LockedSql, ct, key, counted, now) is DateTime until) return (new DateTimeOffset(until) - now, 0);
        var failures = (int)(await ScalarAsync(CountSql, ct, key, origin.Hash, now, o.LockFor, o.LockAfter))!;
        var ofAll = origin.IsKnownDevice ? 0
            : (int)(await ScalarAsync(CountSql, ct, key, Everywhere, now, o.LockFor, o.LockEverywhereAfter))!;
        return (failures > o.LockAfter || ofAll > o.LockEverywhereAfter ? o.LockFor : null, failures);
    }

    /// <summary>The attempt was right: forgets what this origin did wrong, and on the way all that nobody counts any more.</summary>
    public async Task ForgetAsync(string email, SignInOrigin origin, CancellationToken ct)
    {
        var key = Key(email);
        await ScalarAsync(ForgetSql, ct, key, origin.Hash, clock.Now() - options.Value.LockFor);
        if (!origin.IsKnownDevice) await ScalarAsync(GiveBackSql, ct, key, Everywhere, options.Value.LockEverywhereAfter);
    }

    /// <summary>Lifts all locks of the address: it has a new password, at which nobody has guessed yet.</summary>
    public Task ForgetAllAsync(string email, CancellationToken ct) =>
        ScalarAsync("delete from auth.sign_in_failures where email_hash = $1", ct, Key(email));

    private async Task<object?> ScalarAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = sources.System.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(ct);
    }

    private static byte[] Key(string email) => Secrets.Hash(Emails.Normalize(email));
}
