using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ApiTests.Leads;

internal static class Database
{
    /// <summary>Changes what no request can change: time that has passed.</summary>
    public static async Task ExecuteAsync(this Server server, string sql, long id)
    {
        await using var command = server.Services.GetRequiredService<DataSources>().System.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>How many rows there are, where no request tells.</summary>
    public static async Task<long> CountAsync(this Server server, string from, long id)
    {
        await using var command = server.Services.GetRequiredService<DataSources>().System.CreateCommand("select count(*) from " + from);
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
