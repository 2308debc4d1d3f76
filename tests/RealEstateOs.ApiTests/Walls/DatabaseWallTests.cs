using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>Discovers the tables and the models, so that a new one is held to the rules without being listed.</summary>
public sealed class DatabaseWallTests(Server server)
{
    /// <summary>Tables without a tenant, each with its reason.</summary>
    private static readonly HashSet<string> WithoutTenant =
    [
        "platform.schema_history", // names of migrations
        "platform.subscriptions", // how far each subscriber has read
        "auth.permissions", // the catalogue of what can be permitted
        "auth.sign_in_failures", // counted by e-mail, before a tenant is known
        "platform.contact_key_renewals", // how far the keys of each table were renewed
        "outreach.unmatched_events", // providers' events about nothing that is known here
    ];

    private const string Tables =
        """
        select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled,
               exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id') as has_tenant,
               pg_get_userbyid(c.relowner) as owner
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'hangfire', 'public')
            and not c.relispartition
        order by 1
        """;

    [Fact]
    public async Task Every_table_stands_behind_row_level_security()
    {
        var open = new List<string>();
        await foreach (var table in ReadTablesAsync())
        {
            Assert.DoesNotContain(table.Owner, new[] { "reos_app", "reos_system" });
            if (!table.Walled && !WithoutTenant.Contains(table.Name) && !IsReference(table.Name)) open.Add(table.Name);
        }
        Assert.Empty(open);
    }

    [Fact]
    public async Task A_tenants_request_has_no_way_into_hangfires_schema()
    {
        await using var connection = new NpgsqlConnection(server.Addresses.AppConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var table in new[] { "job", "jobqueue", "state", "set", "server" })
        {
            await using var command = new NpgsqlCommand($"select count(*) from hangfire.{table}", connection);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege,
                (await Assert.ThrowsAsync<PostgresException>(
                    () => command.ExecuteScalarAsync(TestContext.Current.CancellationToken))).SqlState);
        }
    }

    [Fact]
    public async Task Without_a_tenant_the_application_sees_no_row_of_any_tenant()
    {
        await (await server.NewOfficeAsync()).NewPropertyAsync();
        await using var connection = new NpgsqlConnection(server.Addresses.AppConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var looked = 0;
        await foreach (var table in ReadTablesAsync())
        {
            if (!table.Walled) continue;
            await using var command = new NpgsqlCommand($"select count(*) from {table.Name}", connection);
            try
            {
                Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                // Not even allowed to ask.
            }
            looked++;
        }
        Assert.True(looked > 10, $"only {looked} tables were found");
    }

    [Fact]
    public async Task A_row_can_not_be_written_into_another_tenant()
    {
        var (mine, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        await using var connection = new NpgsqlConnection(server.Addresses.AppConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            $"select set_config('app.organization_id', '{mine.OrganizationId}', false); insert into properties.notes (organization_id, "
                + $"property_id, content, is_pinned, created_at, updated_at) values ({other.OrganizationId}, "
                + $"{await other.NewPropertyAsync()}, 'x', false, now(), now())",
            connection);
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_model_and_the_schema_are_the_same()
    {
        var faults = new List<string>();
        var columns = await ColumnsAsync();
        foreach (var module in server.Services.GetServices<ModuleDbType>())
        {
            await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(new OrganizationId(1));
            var db = (DbContext)scope.ServiceProvider.GetRequiredService(module.Type);
            var expected = new HashSet<string>();
            foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null))
            {
                var table = $"{entity.GetSchema()}.{entity.GetTableName()}";
                foreach (var property in entity.GetProperties()) Compare(table, property, columns, expected, faults);
            }
            faults.AddRange(columns.Keys.Where(
                c => c.StartsWith(module.Schema + ".", StringComparison.Ordinal)
                    && expected.Any(e => e.StartsWith(c[..(c.LastIndexOf('.') + 1)], StringComparison.Ordinal)) && !expected.Contains(c))
                .Select(c => $"{c} is in the schema, not in the model"));
        }
        Assert.Empty(faults);
    }

    private static void Compare(string table, IProperty property, Dictionary<string, (string Type, bool Nullable)> columns,
        HashSet<string> expected, List<string> faults)
    {
        var name = property.GetColumnName();
        if (name == "xmin") return;
        var column = $"{table}.{name}";
        expected.Add(column);
        if (!columns.TryGetValue(column, out var real)) faults.Add($"{column} is in the model, not in the schema");
        else if (real.Type != Normal(property.GetColumnType()))
            faults.Add($"{column} is {real.Type}, the model says {Normal(property.GetColumnType())}");
        else if (real.Nullable != property.IsColumnNullable() && property.ValueGenerated == ValueGenerated.Never)
            faults.Add($"{column} is {(real.Nullable ? "nullable" : "not null")}, the model says otherwise");
    }

    private static string Normal(string type) => type.Replace(", ", ",", StringComparison.Ordinal);

    // Read-only reference data, shared by all.
    private static bool IsReference(string table) => table.StartsWith("market.", StringComparison.Ordinal);

    private async Task<Dictionary<string, (string, bool)>> ColumnsAsync()
    {
        const string sql =
            """
            select n.nspname || '.' || c.relname || '.' || a.attname, replace(format_type(a.atttypid, a.atttypmod), ', ', ','),
                not a.attnotnull
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
            """;
        var columns = new Dictionary<string, (string, bool)>();
        await using var connection = new NpgsqlConnection(server.Addresses.OwnerConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var reader = await new NpgsqlCommand(sql, connection).ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            columns[reader.GetString(0)] = (reader.GetString(1), reader.GetBoolean(2));
        return columns;
    }

    private async IAsyncEnumerable<(string Name, bool Walled, bool HasTenant, string Owner)> ReadTablesAsync()
    {
        await using var connection = new NpgsqlConnection(server.Addresses.OwnerConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var reader = await new NpgsqlCommand(Tables, connection).ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            yield return (reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetString(3));
    }
}
