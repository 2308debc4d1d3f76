using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using RealEstateOs.Platform.Observability;
using RealEstateOs.Platform.Observability.Logs;

namespace RealEstateOs.UnitTests.Platform;

public sealed class RequestLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reos-logs-").FullName;

    [Fact]
    public async Task A_request_leaves_one_line_that_names_who_asked_and_hides_what_opens_doors()
    {
        var lines = await LogOf(async client =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get,
                "/thing/9f8e7d6c5b4a39281706f5e4d3c2b1a0?search=villa&token=abc&page=2");
            request.Headers.Add("X-Request-ID", "abc-123");
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            using var response = await client.SendAsync(request);
            Assert.Equal("abc-123", Assert.Single(response.Headers.GetValues("X-Request-ID")));
        });
        var line = Assert.Single(lines, entry => entry.GetProperty("logger").GetString() == typeof(RequestLogMiddleware).FullName);
        Assert.Equal("abc-123", line.GetProperty("request_id").GetString());
        Assert.Equal(1, line.GetProperty("user_id").GetInt64());
        Assert.Equal(5, line.GetProperty("organization_id").GetInt64());
        Assert.Equal("GET", line.GetProperty("method").GetString());
        Assert.Equal("/thing/***", line.GetProperty("path").GetString());
        Assert.Equal("?search=villa&token=***&page=2", line.GetProperty("query").GetString());
        Assert.Equal(200, line.GetProperty("status").GetInt32());
        Assert.True(line.GetProperty("elapsed_ms").GetDouble() >= 0);
        Assert.NotEqual("203.0.113.9", line.GetProperty("client_ip").GetString());
        Assert.StartsWith("GET /thing/***?search=villa&token=***&page=2 answered 200 in ", line.GetProperty("message").GetString(),
            StringComparison.Ordinal);
        Assert.Equal("info", line.GetProperty("level").GetString()![..4]);
    }

    [Fact]
    public async Task A_failure_stands_in_the_error_file_too()
    {
        await LogOf(async client => await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/broken")));
        var errors = Lines("errors-*.log");
        Assert.Contains(errors, line => line.GetProperty("status").GetInt32() == 500);
        Assert.All(errors, line => Assert.Equal("error", line.GetProperty("level").GetString()));
    }

    [Theory]
    [InlineData("a-b_c.d:e", true)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", true)]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", false)]
    [InlineData("two words", false)]
    [InlineData("<script>", false)]
    [InlineData("", false)]
    public void A_foreign_request_id_is_taken_over_only_if_sane(string id, bool taken)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["X-Request-ID"] = id;
        var used = RequestLogMiddleware.IdOf(http.Request);
        Assert.Equal(taken, used == id);
        Assert.Matches("^[A-Za-z0-9._:-]{1,64}$", used);
    }

    [Theory]
    [InlineData("?Access_Token=x&a=1", "?Access_Token=***&a=1")]
    [InlineData("?q=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "?q=***")]
    [InlineData("?reset%5Ftoken=x", "?reset%5Ftoken=***")]
    [InlineData("?code=12&zip_code=98101&search=two+words", "?code=***&zip_code=98101&search=two+words")]
    [InlineData("?sort=-created_at,price", "?sort=-created_at,price")]
    [InlineData("", "")]
    public void Secrets_of_a_query_are_masked(string query, string logged) => Assert.Equal(logged, Masking.Query(query));

    [Theory]
    [InlineData("/api/v1/quick-wins/generate-and-send", "/api/v1/quick-wins/generate-and-send")]
    [InlineData("/api/v1/properties/123", "/api/v1/properties/123")]
    [InlineData("/calendar/Zk3u8Vq1xT0bYp7nW5sR2dLm9aHc4eGf.ics", "/calendar/***")]
    public void Keys_in_a_path_are_masked(string path, string logged) => Assert.Equal(logged, Masking.Path(path));

    [Fact]
    public void A_retired_log_file_is_compressed_and_the_oldest_archive_goes()
    {
        for (var day = 1; day <= 4; day++)
        {
            var path = Path.Combine(_folder, $"app-2026010{day}.log");
            File.WriteAllText(path, "line");
            new LogArchive(keptArchives: 2).OnFileDeleting(path);
        }
        var kept = Directory.GetFiles(Path.Combine(_folder, "archive")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["app-20260103.log.gz", "app-20260104.log.gz"], kept);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<List<JsonElement>> LogOf(Func<HttpClient, Task> act)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["DataFolder"] = _folder });
        builder.Services.AddPlatformObservability(builder.Configuration);
        await using (var app = builder.Build())
        {
            app.UseForwardedClients();
            app.UseRequestLog();
            app.Use((http, next) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Loopback;
                http.Features.Set<IRequestIdentity>(new Identity(1, 5));
                return next(http);
            });
            app.MapGet("/thing/{key}", () => "ok");
            app.MapGet("/broken", string () => throw new InvalidOperationException("broken on purpose"));
            await app.StartAsync();
            using var client = app.GetTestClient();
            await act(client);
        }
        return Lines("app-*.log");
    }

    private List<JsonElement> Lines(string pattern) =>
        [.. Directory.GetFiles(Path.Combine(_folder, "logs"), pattern).SelectMany(File.ReadAllLines)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private sealed record Identity(long? UserId, long? OrganizationId) : IRequestIdentity;
}
