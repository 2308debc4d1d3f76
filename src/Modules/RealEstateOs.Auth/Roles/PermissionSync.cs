using Microsoft.Extensions.Hosting;
using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Auth.Roles;

/// <summary>
/// Brings the permissions of this version into the database at start. One that is new there also goes into the default
/// roles of all organizations; one that is known stays as an administrator has left it.
/// </summary>
internal sealed class PermissionSync(DataSources sources, PermissionCatalogue catalogue, TimeProvider clock) : IHostedService
{
    private const long LockKey = 0x5245_4F53_5045_524D;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await sources.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, $"select pg_advisory_xact_lock({LockKey})", cancellationToken);
        var fresh = await RegisterAsync(connection, cancellationToken);
        foreach (var role in Enum.GetValues<DefaultRoles>().Where(r => r != DefaultRoles.None))
        {
            string[] gains = [.. catalogue.Of(role).Where(fresh.Contains)];
            if (gains.Length == 0) continue;
            await RunAsync(
                connection,
                "update auth.roles set permissions = array(select distinct p from unnest(permissions || $2) p "
                    + "order by p), updated_at = $3 where is_system and name = $1 and not permissions @> $2",
                cancellationToken, Vocabulary.Word(role), gains, clock.Now());
        }
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<HashSet<string>> RegisterAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        const string sql =
            """
            insert into auth.permissions as p (name, description, created_at) select name, description, $3
                from unnest($1::text[], $2::text[]) as t(name, description)
            on conflict (name) do update set description = excluded.description where p.description <> excluded.description
            returning name, xmax = 0
            """;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new() { Value = catalogue.All.Select(d => d.Name).ToArray() },
                new() { Value = catalogue.All.Select(d => d.Description).ToArray() }, new() { Value = clock.Now() } },
        };
        var fresh = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (reader.GetBoolean(1)) fresh.Add(reader.GetString(0));
        return fresh;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
