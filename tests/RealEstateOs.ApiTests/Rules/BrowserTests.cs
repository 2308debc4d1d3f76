using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed class BrowserTests(Server server)
{
    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://evil.example", false)]
    public async Task A_page_of_another_origin_is_answered_only_where_it_may(string origin, bool allowed)
    {
        var preflight = await server.Anonymous.SendAsync(HttpMethod.Options, "/api/v1/properties", null, ("Origin", origin), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(allowed ? origin : null, preflight.Header("Access-Control-Allow-Origin"));
        var office = await server.NewOfficeAsync();
        var answer = await office.Admin.GetAsync("/api/v1/properties", ("Origin", origin));
        Assert.Equal(allowed, answer.Header("Access-Control-Expose-Headers")?.Contains("X-Total-Count", StringComparison.Ordinal) ?? false);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }
}
