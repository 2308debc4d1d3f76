using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.ApiKeys;

/// <summary>
/// Finds whose key it is, before any tenant is known: hence through the system's door. One statement, which notes the use.
/// </summary>
internal sealed class ApiKeyDirectory(DataSources sources, TimeProvider clock) : IApiKeyDirectory
{
    private const string Sql =
        """
        with found as (
            select k.id, k.organization_id, k.name, k.scopes, k.source, k.portal, k.last_used_at, o.plan
            from auth.api_keys k join auth.organizations o on o.id = k.organization_id where k.hash = $1 and k.revoked_at is null
        ), used as (
            update auth.api_keys k set last_used_at = $2 from found f
            where k.id = f.id and (f.last_used_at is null or f.last_used_at < $2 - interval '1 minute')
        )
        select id, organization_id, name, scopes, source, portal, plan from found
        """;

    public async Task<Principal?> FindAsync(string key, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = Secrets.Hash(key) });
        command.Parameters.Add(new NpgsqlParameter { Value = clock.Now() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        var id = new ApiKeyId(reader.GetInt64(0));
        return new Principal(
            new UserId(-id.Value), new OrganizationId(reader.GetInt64(1)), TeamId: null, SessionId: 0, Email: "", reader.GetString(2),
            Roles: [], reader.GetFieldValue<string[]>(3), reader.GetString(6), TeamMembers: 0)
        {
            Key = new ApiKeyPass(id, reader.GetString(2), reader.GetString(4),
                await reader.IsDBNullAsync(5, ct) ? null : reader.GetString(5)),
        };
    }
}
