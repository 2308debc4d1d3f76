using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>What the most frequent requests cost, in commands sent to PostgreSQL; begin and commit travel with or beside them.</summary>
public sealed class RoundTripTests(Server server)
{
    private const string Path = "/api/v1/properties";

    [Fact]
    public async Task Frequent_requests_ask_the_database_as_often_as_they_did()
    {
        var office = await server.NewOfficeAsync();
        for (var i = 0; i < 3; i++) await office.NewPropertyAsync();
        var id = await office.NewPropertyAsync(Samples.Property(("address", "Marina Heights"), ("price", 100)));
        using var counter = new StatementCounter();
        Assert.Equal(1, await CostAsync(HttpMethod.Get, $"{Path}/{id}"));
        Assert.Equal(1, await CostAsync(HttpMethod.Get, $"{Path}?limit=2"));
        Assert.Equal(1, await CostAsync(HttpMethod.Get, $"{Path}?city=Dubai&min_price=50&max_price=150&limit=2"));
        Assert.Equal(1, await CostAsync(HttpMethod.Get, $"{Path}?search=marina heights"));
        Assert.Equal(1, await CostAsync(HttpMethod.Get, "/api/v1/leads?limit=2"));
        // The tenant, the row, its histories with audit and event together.
        Assert.Equal(3, await CostAsync(HttpMethod.Post, Path, n => Samples.Property(("address", $"Palm {n}"))));
        // The tenant, the row as it is, as it becomes, audit and event together.
        Assert.Equal(4, await CostAsync(HttpMethod.Patch, $"{Path}/{id}", n => new { price = 120 + n }));

        async Task<int> CostAsync(HttpMethod method, string path, Func<int, object>? body = null)
        {
            var (answer, cost) = await counter.LeastAsync(office.Admin, method, path, body, tries: 5);
            Assert.True(answer.Status < 300, answer.Text);
            return cost;
        }
    }
}
