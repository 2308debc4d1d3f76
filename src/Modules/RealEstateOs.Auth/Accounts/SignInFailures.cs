using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

/// <summary>
/// Counts failed sign-ins per address, and locks it. Addresses without an account are counted alike; otherwise the
/// delay or the lock would tell them apart.
/// </summary>
internal sealed class SignInFailures(DataSources sources, IOptions<AuthOptions> options, TimeProvider clock)
{
    private const string RecordSql =
        """
        insert into auth.sign_in_failures as f (email_hash, failures, last_failed_at, locked_until)
        values ($1, 1, $2, case when $4 <= 1 then $2 + $3 end)
        on conflict (email_hash) do update set
            failures = case when f.last_failed_at <= $2 - $3 then 1 else f.failures + 1 end,
            last_failed_at = $2,
            locked_until = case when (case when f.last_failed_at <= $2 - $3 then 1 else f.failures + 1 end) >= $4 then $2 + $3 end
        returning failures
        """;

    /// <summary>How long the address is still locked; null if it is not.</summary>
    public async Task<TimeSpan?> LockedForAsync(string email, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand("select locked_until from auth.sign_in_failures where email_hash = $1 and locked_until > $2");
        command.Parameters.Add(new() { Value = Key(email) });
        command.Parameters.Add(new() { Value = clock.Now() });
        return await command.ExecuteScalarAsync(ct) is DateTime until ? new DateTimeOffset(until) - clock.Now() : null;
    }

    /// <summary>Counts one more, locks the address where that was one too many, and says which one it was.</summary>
    public async Task<int> RecordAsync(string email, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(RecordSql);
        command.Parameters.Add(new() { Value = Key(email) });
        command.Parameters.Add(new() { Value = clock.Now() });
        command.Parameters.Add(new() { Value = options.Value.LockFor });
        command.Parameters.Add(new() { Value = options.Value.LockAfter });
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Forgets the address, and on the way all that nobody counts any more.</summary>
    public async Task ForgetAsync(string email, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand("delete from auth.sign_in_failures where email_hash = $1 or last_failed_at < $2");
        command.Parameters.Add(new() { Value = Key(email) });
        command.Parameters.Add(new() { Value = clock.Now() - options.Value.LockFor });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static byte[] Key(string email) => Secrets.Hash(Emails.Normalize(email));
}

internal static class Emails
{
    public static string Normalize(string email) => email.Trim().ToLowerInvariant();
}
