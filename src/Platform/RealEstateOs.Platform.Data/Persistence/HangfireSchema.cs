using Hangfire.PostgreSql;
using Npgsql;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// Hangfire's own tables, by its own installer, as the owner: the application's roles make nothing. Only the system's role gets in;
/// a tenant's request has no business there.
/// </summary>
internal static class HangfireSchema
{
    public const string Name = "hangfire";

    private const string Grants =
        $"""
         grant usage on schema {Name} to reos_system;
         grant select, insert, update, delete on all tables in schema {Name} to reos_system;
         grant usage, select on all sequences in schema {Name} to reos_system;
         """;

    public static async Task InstallAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        PostgreSqlObjectsInstaller.Install(connection, Name);
        await using var grants = new NpgsqlCommand(Grants, connection);
        await grants.ExecuteNonQueryAsync(ct);
    }
}
