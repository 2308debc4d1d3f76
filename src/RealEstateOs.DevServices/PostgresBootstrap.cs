using System.Text.RegularExpressions;
using Npgsql;

namespace RealEstateOs.DevServices;

/// <summary>Roles, databases and extensions: what needs a superuser, said so that saying it again changes nothing.</summary>
internal sealed partial class PostgresBootstrap(ServiceState state, int port)
{
    public async Task EnsureRolesAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync("postgres", ct);
        await RunAsync(
            connection,
            $"""
             {Role("reos_owner", "CREATEDB", state.OwnerPassword)}
             {Role("reos_app", "NOCREATEDB", state.AppPassword)}
             {Role("reos_system", "NOCREATEDB", state.SystemPassword)}
             """,
            ct);
    }

    public async Task EnsureDatabaseAsync(string name, bool replaceExisting, CancellationToken ct)
    {
        if (!DatabaseName().IsMatch(name))
            throw new PrivateServicesException($"\"{name}\" is no database name: lower-case letters, digits and _, at most 63.");

        await using (var connection = await OpenAsync("postgres", ct))
        {
            if (replaceExisting) await RunAsync(connection, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", ct);
            await using var known = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
            known.Parameters.Add(new NpgsqlParameter { Value = name });
            if (await known.ExecuteScalarAsync(ct) is null) await RunAsync(connection, $"CREATE DATABASE {name} OWNER reos_owner", ct);
        }

        await using var database = await OpenAsync(name, ct);
        await RunAsync(
            database,
            $"""
             SET client_min_messages = warning;
             REVOKE ALL ON DATABASE {name} FROM PUBLIC;
             GRANT CONNECT, TEMPORARY ON DATABASE {name} TO reos_app, reos_system;
             CREATE EXTENSION IF NOT EXISTS pg_trgm;
             CREATE EXTENSION IF NOT EXISTS btree_gin;
             ALTER SCHEMA public OWNER TO reos_owner;
             REVOKE CREATE ON SCHEMA public FROM PUBLIC;
             -- Searches, tags and amounts may use their indexes under row-level security (docs/decisions/0018).
             ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF;
             ALTER FUNCTION pg_catalog.arraycontains(anyarray, anyarray) LEAKPROOF;
             ALTER FUNCTION pg_catalog.arraycontained(anyarray, anyarray) LEAKPROOF;
             ALTER FUNCTION pg_catalog.numeric_ge(numeric, numeric) LEAKPROOF;
             ALTER FUNCTION pg_catalog.numeric_le(numeric, numeric) LEAKPROOF;
             """,
            ct);
    }

    public async Task DropDatabaseAsync(string name, CancellationToken ct)
    {
        if (!DatabaseName().IsMatch(name)) return;
        await using var connection = await OpenAsync("postgres", ct);
        await RunAsync(connection, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", ct);
    }

    public string ConnectionString(string role, string password, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = state.PostgresHost,
            Port = port,
            Database = database,
            Username = role,
            Password = password,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    private static string Role(string name, string databases, string password) =>
        $"""
         DO $$ BEGIN
             IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name}; END IF;
         END $$;
         ALTER ROLE {name} LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS {databases} PASSWORD '{password}';
         """;

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(
            ConnectionString("postgres", state.SuperuserPassword, database)) { Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (NpgsqlException refused)
        {
            await connection.DisposeAsync();
            throw new PrivateServicesException($"PostgreSQL on {state.PostgresHost}:{port} refuses us: {refused.Message}", refused);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex DatabaseName();
}
