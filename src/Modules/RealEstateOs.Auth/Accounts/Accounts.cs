using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Accounts;

/// <summary>An account as sign-in needs it, found by its address or by a secret, whatever its organization.</summary>
internal sealed record Account(UserId User, OrganizationId Organization, string? PasswordHash, bool IsActive);

internal static class Accounts
{
    public static async Task<bool> ExistsAsync(DataSources sources, string email, CancellationToken ct) =>
        await FindAsync(sources, email, ct) is not null;

    public static Task<Account?> FindAsync(DataSources sources, string email, CancellationToken ct) => ReadAsync(
        sources, "select id, organization_id, password_hash, is_active from auth.users where email = $1", Emails.Normalize(email), ct);

    public static Task<Account?> ByRefreshTokenAsync(DataSources sources, byte[] hash, CancellationToken ct) => ReadAsync(
        sources,
        """
        select u.id, u.organization_id, u.password_hash, u.is_active from auth.refresh_tokens t
        join auth.sessions s on s.id = t.session_id join auth.users u on u.id = s.user_id where t.hash = $1
        """, hash, ct);

    public static Task<Account?> ByAccountTokenAsync(DataSources sources, byte[] hash, CancellationToken ct) => ReadAsync(
        sources,
        "select u.id, u.organization_id, u.password_hash, u.is_active from auth.account_tokens t join auth.users u on u.id = t.user_id "
            + "where t.hash = $1", hash, ct);

    private static async Task<Account?> ReadAsync(DataSources sources, string sql, object key, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return new Account(new UserId(reader.GetInt64(0)), new OrganizationId(reader.GetInt64(1)),
            await reader.IsDBNullAsync(2, ct) ? null : reader.GetString(2), reader.GetBoolean(3));
    }
}
