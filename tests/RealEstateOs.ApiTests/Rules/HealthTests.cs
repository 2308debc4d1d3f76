using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed class HealthTests(Server server)
{
    [Fact]
    public async Task Health_tells_of_all_it_stands_on_and_readiness_only_of_what_nothing_works_without()
    {
        var all = await Eventually.UntilAsync(async () => (await server.Anonymous.GetAsync("/health")).Must(200),
            answer => answer.Text("status") == "healthy"); // a host that has just started runs jobs after a moment
        Assert.Equal(["celery", "database", "redis", "schema", "storage"], Checks(all));
        Assert.Equal("ok", all.Text("checks.database.details.connection"));
        Assert.Equal(["database", "schema"], Checks((await server.Anonymous.GetAsync("/ready")).Must(200)));
    }

    private static string[] Checks(JsonElement report) =>
        [.. report.At("checks").EnumerateObject().Select(c => c.Name).Order(StringComparer.Ordinal)];
}
