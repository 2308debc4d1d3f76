using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Persistence;

/// <summary>Tells PostgreSQL whose rows a session may see. Also "nobody's": a pooled session keeps what the last user set.</summary>
internal static class TenantSession
{
    private const string Sql = "select set_config('app.organization_id', $1, false), set_config('app.user_id', $2, false)";

    public static async Task SetAsync(DbConnection connection, Tenant tenant, CancellationToken ct)
    {
        await using var command = Command(connection, tenant);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static void Set(DbConnection connection, Tenant tenant)
    {
        using var command = Command(connection, tenant);
        command.ExecuteNonQuery();
    }

    private static NpgsqlCommand Command(DbConnection connection, Tenant tenant) => new(Sql, (NpgsqlConnection)connection)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = Text(tenant.Organization?.Value) },
            new NpgsqlParameter<string> { TypedValue = Text(tenant.User?.Value) },
        },
    };

    private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Covers the connections that EF opens by itself.</summary>
internal sealed class TenantSessionInterceptor : DbConnectionInterceptor
{
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
        TenantSession.SetAsync(connection, TenantOf(eventData), cancellationToken);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => TenantSession.Set(connection, TenantOf(eventData));

    private static Tenant TenantOf(ConnectionEndEventData eventData) => ((ModuleDb)eventData.Context!).Work.Tenant;
}
