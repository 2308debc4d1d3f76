using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// Tells PostgreSQL whose rows may be seen. Also "nobody's": whoever opens a session says for whom, whatever was set there before.
/// </summary>
internal static class TenantSession
{
    private const string Organization = "tenant_organization", User = "tenant_user";

    // Several statements that travel together are one implicit transaction: nothing stays behind in the session, and it costs no round
    // trip.
    private const string Prefix =
        $"select set_config('app.organization_id', @{Organization}, true), set_config('app.user_id', @{User}, true);\n";

    private const string SetSql = "select set_config('app.organization_id', $1, $3), set_config('app.user_id', $2, $3)";

    /// <summary>For the transaction that has begun, or else for the session until somebody sets another.</summary>
    public static async Task SetAsync(NpgsqlConnection connection, Tenant tenant, bool forTransaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SetSql, connection);
        command.With(Values(tenant, forTransaction));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The first of statements that travel together, for these statements only.</summary>
    public static NpgsqlBatchCommand ForBatch(Tenant tenant)
    {
        var command = new NpgsqlBatchCommand(SetSql);
        foreach (var value in Values(tenant, forTransaction: true)) command.Parameters.Add(value);
        return command;
    }

    /// <summary>Puts the tenant before the command's own statements, for these statements only.</summary>
    public static void Precede(DbCommand command, Tenant tenant)
    {
        command.CommandText = Prefix + command.CommandText;
        command.Parameters.Add(new NpgsqlParameter<string>(Organization, Text(tenant.Organization?.Value)));
        command.Parameters.Add(new NpgsqlParameter<string>(User, Text(tenant.User?.Value)));
    }

    private static NpgsqlParameter[] Values(Tenant tenant, bool forTransaction) =>
    [
        new NpgsqlParameter<string> { TypedValue = Text(tenant.Organization?.Value) },
        new NpgsqlParameter<string> { TypedValue = Text(tenant.User?.Value) },
        new NpgsqlParameter<bool> { TypedValue = forTransaction },
    ];

    private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>
/// Tenant and query in one round trip, for all that EF asks outside a transaction; inside one, <see cref="UnitOfWork.BeginAsync"/> has set
/// it.
/// </summary>
internal sealed class TenantCommandInterceptor : DbCommandInterceptor
{
    private const int Attempts = 4;

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) =>
        Precedes(command, eventData)
            ? InterceptionResult<DbDataReader>.SuppressWithResult(await ReadAsync(command, cancellationToken)) : result;

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        Precedes(command, eventData)
            ? InterceptionResult<int>.SuppressWithResult(await command.ExecuteNonQueryAsync(cancellationToken)) : result;

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        if (!Precedes(command, eventData)) return result;
        await using var reader = await ReadAsync(command, cancellationToken);
        return InterceptionResult<object>.SuppressWithResult(await reader.ReadAsync(cancellationToken) ? reader.GetValue(0) : DBNull.Value);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result)
    {
        if (!Precedes(command, eventData)) return result;
        var reader = command.ExecuteReader();
        reader.NextResult();
        return InterceptionResult<DbDataReader>.SuppressWithResult(reader);
    }

    private static bool Precedes(DbCommand command, CommandEventData happening)
    {
        var work = ((ModuleDb)happening.Context!).Work;
        if (work.Transaction is not null) return false;
        TenantSession.Precede(command, work.Tenant);
        return true;
    }

    // A session that died in the pool (a restarted database) is replaced: the first statements of a session had no effect yet.
    private static async Task<DbDataReader> ReadAsync(DbCommand command, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var reader = await command.ExecuteReaderAsync(ct);
                await reader.NextResultAsync(ct);
                return reader;
            }
            catch (NpgsqlException) when (attempt < Attempts
                && command.Connection is NpgsqlConnection { State: not ConnectionState.Open } connection && !ct.IsCancellationRequested)
            {
                await connection.CloseAsync();
                if (attempt > 1) NpgsqlConnection.ClearPool(connection);
                await connection.OpenAsync(ct);
            }
        }
    }
}
