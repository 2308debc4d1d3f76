using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed class BrowserTests(Server server)
{
    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://evil.example", false)]
    public async Task A_page_of_another_origin_is_answered_only_where_it_may(string origin, bool allowed)
    {
        var preflight = await server.Anonymous.SendAsync(HttpMethod.Options, "/api/v1/properties", null, ("Origin", origin),
            ("Access-Control-Request-Method", "POST"));
        Assert.Equal(allowed ? origin : null, preflight.Header("Access-Control-Allow-Origin"));
        var office = await server.NewOfficeAsync();
        var answer = await office.Admin.GetAsync("/api/v1/properties", ("Origin", origin));
        Assert.Equal(allowed, answer.Header("Access-Control-Expose-Headers")?.Contains("X-Total-Count", StringComparison.Ordinal) ?? false);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }

    [Theory]
    [InlineData("/account/set-password")]
    [InlineData("/account/verify-email")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/u/nobody")]
    public async Task No_page_is_framed_and_none_names_its_server(string path)
    {
        var page = await server.Anonymous.GetAsync(path);
        Assert.Equal("DENY", page.Header("X-Frame-Options"));
        Assert.Contains("frame-ancestors 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Null(page.Header("Server"));
    }
}
