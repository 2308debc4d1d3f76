using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>What tests of rolled up figures do.</summary>
internal static class RollupVerbs
{
    private static readonly string[] Dashboards =
    [
        "dashboard", "properties", "leads", "deals", "revenue", "campaigns", "engagement", "performance", "dashboard/overview",
    ];

    /// <summary>Runs the job that rolls figures up, of all offices.</summary>
    public static async Task RollUpAsync(this Server server)
    {
        var job = await server.StartRollUpAsync();
        await Eventually.UntilAsync(async () => await server.CountAsync("platform.jobs where state = 'completed' and id = $1", job) > 0);
    }

    public static async Task<long> StartRollUpAsync(this Server server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<JobQueue>()
            .EnqueueForInstallationAsync("analytics.roll_up", new NoInput(), CancellationToken.None)).Value;
    }

    /// <summary>Everything that dashboards say of these periods, but when they said it.</summary>
    public static async Task<Dictionary<string, JsonNode>> FiguresAsync(this Actor reader, IEnumerable<string> periods)
    {
        var found = new Dictionary<string, JsonNode>();
        foreach (var path in from period in periods from dashboard in Dashboards select $"/api/v1/analytics/{dashboard}?{period}")
        {
            found[path] = JsonNode.Parse((await reader.GetAsync(path)).Must(200).GetRawText())!;
            Forget(found[path], "as_of");
        }
        return found;
    }

    /// <summary>What is rolled up is set aside, all is counted in the rows, and the same must come out.</summary>
    public static async Task FiguresMustEqualARecountAsync(this Office office, IReadOnlyCollection<string> periods)
    {
        var rolled = await office.Admin.FiguresAsync(periods);
        Assert.NotEqual(0, await office.ChangeAsync("update analytics.rolled set fact = '-' || fact where organization_id = $1"));
        var counted = await office.Admin.FiguresAsync(periods);
        // A roller that came by meanwhile has counted anew.
        await office.ChangeAsync(
            """
            insert into analytics.rolled
            select organization_id, substr(fact, 2), time_zone, rolled_at from analytics.rolled where organization_id = $1
                and fact like '-%'
            on conflict do nothing
            """);
        await office.ChangeAsync("delete from analytics.rolled where organization_id = $1 and fact like '-%'");
        foreach (var (path, figures) in rolled)
            Assert.True(JsonNode.DeepEquals(figures, counted[path]),
                $"{path}: rolled up {figures.ToJsonString()}, counted {counted[path].ToJsonString()}");
    }

    /// <summary>Changes what no request can change; says how many rows it hit.</summary>
    public static async Task<int> ChangeAsync(this Office office, string sql)
    {
        await using var command = office.Server.Services.GetRequiredService<DataSources>().System.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = office.OrganizationId });
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static void Forget(JsonNode? node, string member)
    {
        if (node is JsonArray items) foreach (var item in items) Forget(item, member);
        if (node is not JsonObject figures) return;
        figures.Remove(member);
        foreach (var (_, value) in figures) Forget(value, member);
    }
}
