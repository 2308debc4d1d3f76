using Microsoft.AspNetCore.Routing;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>A filter with a slip in its name is not taken for no filter without a word.</summary>
public sealed class UnknownParameterTests(Server server)
{
    private const string Header = "X-Unknown-Parameters";

    // Read everywhere, and described where it does something; described by their first name.
    private static readonly string[] Unsaid = ["fields", "skip"];

    [Fact]
    public async Task A_list_tells_the_parameters_that_did_nothing_and_which_were_meant()
    {
        var office = await server.NewOfficeAsync();
        var told = await office.Admin.GetAsync("/api/v1/leads?statsu=new&min_scor=5&zzz=1&limit=5&sort=score");
        Assert.Equal(200, told.Status);
        Assert.Equal("statsu (did you mean status?), min_scor (did you mean min_score?), zzz", told.Header(Header));
        Assert.Null((await office.Admin.GetAsync("/api/v1/leads?status=new&min_score=5&offset=0")).Header(Header));
        Assert.Equal("??x", (await office.Admin.GetAsync("/api/v1/leads?%0D%0Ax=1")).Header(Header));
    }

    [Theory]
    [InlineData("/api/v1/analytics/leads?perod=7d&user_id=", "perod (did you mean period?)")]
    [InlineData("/api/v1/portfolio/stats?teamid=1&date_form=2026-01-01",
        "teamid (did you mean team_id?), date_form (did you mean date_from?)")]
    [InlineData("/api/v1/auth/me?fields=id&feilds=id", "feilds (did you mean fields?)")]
    [InlineData("/api/v1/cma/market/coverage?limit=3&offset=2", "offset")]
    public async Task Every_other_get_does_so_too(string path, string told)
    {
        var office = await server.NewOfficeAsync();
        var answer = await office.Admin.GetAsync(path);
        Assert.Equal((200, told), (answer.Status, answer.Header(Header)));
    }

    [Fact]
    public async Task Whoever_follows_a_link_may_bring_words_of_a_campaign_along()
    {
        foreach (var path in (string[])["/api/v1/health", "/account/verify-email"])
        {
            var page = await server.Anonymous.GetAsync($"{path}?utm_source=mail");
            Assert.Equal((200, null), (page.Status, page.Header(Header)));
        }
    }

    [Fact]
    public async Task What_the_description_names_is_known_and_what_is_known_is_named()
    {
        var paths = (await server.Anonymous.GetAsync("/openapi.json")).Must(200).GetProperty("paths");
        var (faults, compared) = (new List<string>(), 0);
        foreach (var route in server.Routes)
        {
            var methods = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
            if (!methods.Contains("GET") || !UnknownParameters.AreTold("GET", route.Metadata)) continue;
            if (!paths.TryGetProperty(PathOf(route.RoutePattern.RawText!), out var path)) continue;
            var described = path.GetProperty("get").TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(p => p.Text("in") is "query" or "path").Select(p => p.Text("name")!).ToArray() : [];
            var known = UnknownParameters.KnownTo(route);
            compared += described.Length;
            faults.AddRange(described.Where(p => !known.Contains(p)).Select(p => $"{route.RoutePattern.RawText} does not know {p}"));
            faults.AddRange(known.Except(described, StringComparer.OrdinalIgnoreCase).Except(Unsaid)
                .Select(p => $"{route.RoutePattern.RawText} does not describe {p}"));
        }
        Assert.Empty(faults);
        Assert.True(compared > 500, $"only {compared} were compared");
    }

    private static string PathOf(string pattern) => "/" + string.Join('/', pattern.Trim('/').Split('/')
        .Select(part => part.StartsWith('{') ? part.Split(':')[0].TrimEnd('}') + "}" : part));
}
