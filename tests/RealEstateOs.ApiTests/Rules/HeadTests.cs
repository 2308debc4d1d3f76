using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed class HeadTests(Server server)
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/live")]
    [InlineData("/ready")]
    [InlineData("/api/v1/health")]
    [InlineData("/openapi.json")]
    [InlineData("/calendar/nobody.ics")]
    [InlineData("/u/nobody")]
    [InlineData("/no/such/page")]
    [InlineData("/api/v1/leads")]
    public async Task HEAD_answers_what_GET_answers_without_the_body(string path)
    {
        var (got, head) = (await server.Anonymous.GetAsync(path), await server.Anonymous.SendAsync(HttpMethod.Head, path, null));
        Assert.Equal((got.Status, got.Header("Content-Type")), (head.Status, head.Header("Content-Type")));
        Assert.Empty(head.Content);
    }

    [Fact]
    public async Task HEAD_of_a_record_and_a_list_carries_their_headers_and_asks_for_the_same_permission()
    {
        var office = await server.NewOfficeAsync();
        var path = $"/api/v1/properties/{await office.NewPropertyAsync()}";
        var (got, head) = (await office.Admin.GetAsync(path), await office.Admin.SendAsync(HttpMethod.Head, path, null));
        Assert.Equal((200, got.Header("ETag")), (head.Status, head.Header("ETag")));
        Assert.Equal(304, (await office.Admin.SendAsync(HttpMethod.Head, path, null, ("If-None-Match", got.Header("ETag")!))).Status);
        Assert.Equal("1", (await office.Admin.SendAsync(HttpMethod.Head, "/api/v1/properties", null)).Header("X-Total-Count"));
        Assert.Equal(404, (await (await server.NewOfficeAsync()).Admin.SendAsync(HttpMethod.Head, path, null)).Status);
        Assert.Equal(405, (await office.Admin.SendAsync(HttpMethod.Head, "/api/v1/auth/login", null)).Status);
    }

    [Fact]
    public async Task HEAD_of_a_stream_ends_at_once()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(200, (await office.Admin.SendAsync(HttpMethod.Head, "/api/v1/sse/stream", null)).Status);
        Assert.Equal(401, (await server.Anonymous.SendAsync(HttpMethod.Head, "/api/v1/sse/stream", null)).Status);
    }
}
