using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ApiTests.Fixture;

internal static class Database
{
    /// <summary>Changes what no request can change: time that has passed.</summary>
    public static async Task ExecuteAsync(this Server server, string sql, params object[] values)
    {
        await using var command = server.Services.GetRequiredService<DataSources>().System.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>How many rows there are, where no request tells.</summary>
    public static async Task<long> CountAsync(this Server server, string from, params object[] values)
    {
        await using var command = server.Services.GetRequiredService<DataSources>().System.CreateCommand("select count(*) from " + from);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
