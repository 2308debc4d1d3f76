using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ApiTests.Lists;

/// <summary>
/// A table's last row of an office many times over, with values of their own in some columns: <c>g</c> is the number of the copy.
/// </summary>
internal static class ManyRows
{
    /// <summary>By <c>REOS_LIST_ROWS</c>; at least 20,000, or none.</summary>
    public static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("REOS_LIST_ROWS"), CultureInfo.InvariantCulture, out var given) ? given : 0;

    /// <summary>One copy in a thousand has <paramref name="rare"/>, the others <paramref name="common"/>; both SQL.</summary>
    public static string Rare(string rare, string common) => $"case when g % ({Count} / 20) = 0 then {rare} else {common} end";

    public static async Task CopyAsync(Office office, string table, params (string Column, string Value)[] values)
    {
        var system = office.Server.Services.GetRequiredService<DataSources>().System;
        var columns = new List<string>();
        await using (var command = system.CreateCommand(
            """
            select column_name::text from information_schema.columns
            where table_schema || '.' || table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO' and column_name <> 'id'
            order by ordinal_position
            """))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) columns.Add(reader.GetString(0));
        }
        Assert.Empty(values.Select(v => v.Column).Except(columns));
        var taken = values.ToDictionary(v => v.Column, v => v.Value);
        await using (var copy = system.CreateCommand(
            $"""
            insert into {table} ({string.Join(", ", columns)})
            select {string.Join(", ", columns.Select(c => taken.GetValueOrDefault(c, $"t.{c}")))}
            from (select * from {table} where organization_id = $1 order by id desc limit 1) t, generate_series(1, {Count}) g
            """))
        {
            copy.CommandTimeout = 600;
            copy.Parameters.Add(new NpgsqlParameter<long> { TypedValue = office.OrganizationId });
            Assert.Equal(Count, await copy.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }
        await using var owner = NpgsqlDataSource.Create(office.Server.Addresses.OwnerConnectionString);
        await using var analyze = owner.CreateCommand($"vacuum analyze {table}");
        analyze.CommandTimeout = 600;
        await analyze.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
