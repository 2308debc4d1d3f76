using Npgsql;

namespace RealEstateOs.Bench.Analytics;

/// <summary>Hides what is rolled up, so that the same answer is counted in the rows.</summary>
internal static class SetAside
{
    public static async Task<T> AsideAsync<T>(NpgsqlDataSource system, long office, Func<Task<T>> act)
    {
        await RunAsync(system, $"update analytics.rolled set fact = '-' || fact where organization_id = {office}");
        try
        {
            return await act();
        }
        finally
        {
            // Where the job came by meanwhile, it has rolled up again.
            await RunAsync(system,
                $"""
                insert into analytics.rolled select organization_id, substr(fact, 2), time_zone, rolled_at from analytics.rolled
                where organization_id = {office} and fact like '-%' on conflict do nothing
                """);
            await RunAsync(system, $"delete from analytics.rolled where organization_id = {office} and fact like '-%'");
        }
    }

    public static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
