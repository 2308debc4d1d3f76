using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Sessions;

/// <summary>Finds who stands behind a session, before any tenant is known: hence through the system's door.</summary>
internal sealed class SessionDirectory(DataSources sources, SessionCache cache, TimeProvider clock) : ISessionDirectory
{
    private const string Columns =
        """
        select u.id, u.organization_id, u.team_id, u.email, u.first_name, u.last_name, o.plan,
               coalesce((select array_agg(r.name order by r.is_system desc, r.id) from auth.user_roles h
                   join auth.roles r on r.id = h.role_id where h.user_id = u.id), '{}'),
               coalesce((select array_agg(distinct p) from auth.user_roles h join auth.roles r on r.id = h.role_id cross
                   join unnest(r.permissions) p where h.user_id = u.id), '{}'),
               (select count(*) from auth.users c where c.organization_id = u.organization_id and c.team_id = u.team_id and c.is_active),
               s.id, u.email_verified_at is not null
        """;

    private const string SessionSql =
        $"""
        {Columns} from auth.sessions s join auth.users u on u.id = s.user_id join auth.organizations o on o.id = u.organization_id
        where s.id = $1 and s.ended_at is null and s.expires_at > $2 and u.is_active
        """;

    private const string UserSql =
        $"""
        {Columns} from (select 0::bigint as id) s, auth.users u join auth.organizations o on o.id = u.organization_id
        where u.id = $1 and u.is_active
        """;

    public async Task<Principal?> FindAsync(long sessionId, CancellationToken ct)
    {
        if (await cache.FindAsync(sessionId, ct) is { } kept) return kept;
        var found = await ReadAsync(SessionSql, ct, sessionId, clock.Now());
        if (found is not null) await cache.KeepAsync(found, ct);
        return found;
    }

    public Task<Principal?> FindUserAsync(UserId user, CancellationToken ct) => ReadAsync(UserSql, ct, user.Value);

    private async Task<Principal?> ReadAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = sources.System.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return new Principal(
            new UserId(reader.GetInt64(0)), new OrganizationId(reader.GetInt64(1)),
            await reader.IsDBNullAsync(2, ct) ? null : new TeamId(reader.GetInt64(2)),
            reader.GetInt64(10), reader.GetString(3), $"{reader.GetString(4)} {reader.GetString(5)}".Trim(),
            reader.GetFieldValue<string[]>(7), reader.GetFieldValue<string[]>(8), reader.GetString(6), (int)reader.GetInt64(9),
            reader.GetBoolean(11));
    }
}
