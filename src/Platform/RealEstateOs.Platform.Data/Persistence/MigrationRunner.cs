using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// Applies the modules' SQL files, in the order of registration and number, each in a transaction of its own, under one
/// advisory lock: forward only, safe to run from many hosts at once. An applied file must not change.
/// A file in a sub-folder was first applied for the module of that name and came here with its tables; it runs before the module's own.
/// </summary>
public sealed class MigrationRunner(IEnumerable<MigrationSource> sources, ILogger<MigrationRunner> log)
{
    private const long LockKey = 0x5245_4F53_4D49_4752;

    private const string Folder = ".Migrations.";

    private const string History =
        """
        create schema if not exists platform;
        create table if not exists platform.schema_history (
            module text not null, name text not null, sha256 text not null, applied_at timestamptz not null default now(),
            primary key (module, name));
        """;

    public async Task RunAsync(string ownerConnectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ownerConnectionString);
        await connection.OpenAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", ct);
        await ExecuteAsync(connection, History, ct);
        var applied = await AppliedAsync(connection, ct);
        foreach (var script in All())
        {
            if (!applied.TryGetValue((script.Module, script.Name), out var hash)) await ApplyAsync(connection, script, ct);
            else if (hash != script.Hash)
                throw new InvalidOperationException($"Migration {script.Module}/{script.Name} was changed after it was applied. "
                    + "Migrations only go forward: add another file.");
        }
        await HangfireSchema.InstallAsync(connection, ct);
        await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", ct);
    }

    /// <summary>Is everything applied? Asked by readiness, through the application's own role.</summary>
    public IReadOnlyList<string> Names => [.. All().Select(s => $"{s.Module}/{s.Name}")];

    private async Task ApplyAsync(NpgsqlConnection connection, Script script, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, script.Sql, ct);
        await using var record = new NpgsqlCommand("insert into platform.schema_history (module, name, sha256) values ($1, $2, $3)",
            connection, transaction)
        {
            Parameters = { new() { Value = script.Module }, new() { Value = script.Name }, new() { Value = script.Hash } },
        };
        await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        log.LogInformation("Applied migration {Module}/{Name}", script.Module, script.Name);
    }

    private static async Task<Dictionary<(string, string), string>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = new Dictionary<(string, string), string>();
        await using var command = new NpgsqlCommand("select module, name, sha256 from platform.schema_history", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) applied[(reader.GetString(0), reader.GetString(1))] = reader.GetString(2);
        return applied;
    }

    private IEnumerable<Script> All() =>
        from source in sources
        from script in source.Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && name.Contains(Folder, StringComparison.Ordinal))
            .Select(name => Read(source, name))
            .OrderBy(script => script.Module == source.Module).ThenBy(script => script.Name, StringComparer.Ordinal)
        select script;

    private static Script Read(MigrationSource source, string resource)
    {
        using var reader = new StreamReader(source.Assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var sql = reader.ReadToEnd();
        var path = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..^".sql".Length].Split('.');
        return new Script(path.Length > 1 ? path[0] : source.Module, path[^1], sql,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Script(string Module, string Name, string Sql, string Hash);
}
