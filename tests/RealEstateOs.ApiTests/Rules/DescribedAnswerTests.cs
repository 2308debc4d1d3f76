using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Walls;
using RealEstateOs.Platform.Events;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>Answers are what /openapi.json says of them.</summary>
public sealed class DescribedAnswerTests(Server server)
{
    [Fact]
    public async Task Every_read_of_a_full_office_answers_what_its_schema_says()
    {
        var office = await PopulatedOffice.NewAsync(server);
        var ids = await RouteIds.OfAsync(server, office);
        var document = (await server.Anonymous.GetAsync("/openapi.json")).Must(200);
        var (check, faults, read) = (new SchemaCheck(document), new List<string>(), 0);
        foreach (var route in server.Routes.Where(r => r.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)))
        {
            var template = route.RoutePattern.RawText!.TrimEnd('/');
            if (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] != "GET"
                || template.Contains("/sse/stream", StringComparison.Ordinal)) continue;
            var isProbe = template.Contains("/health", StringComparison.Ordinal);
            if (!document.GetProperty("paths").TryGetProperty(template, out var path)) continue;
            var answer = await office.Admin.GetAsync(RouteIds.Fill(route, ids, out _) ?? template);
            if (answer.Status != 200 || answer.Header("Content-Type")?.StartsWith("application/json", StringComparison.Ordinal) != true)
                continue;
            var described = path.GetProperty("get").GetProperty("responses").GetProperty("200");
            read++;
            faults.AddRange(check.Faults(answer.Json,
                described.GetProperty("content").GetProperty("application/json").GetProperty("schema")).Distinct()
                .Select(f => $"{template}: {f}"));
            faults.AddRange(new[] { "ETag", "X-Request-ID" }.Skip(isProbe ? 1 : 0)
                .Where(h => answer.Header(h) is null || !described.GetProperty("headers").TryGetProperty(h, out _))
                .Select(h => $"{template}: {h}"));
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(read > 80, $"only {read} answers were read");
    }

    [Fact]
    public async Task Every_answer_has_an_example_which_is_what_its_schema_says()
    {
        var document = (await server.Anonymous.GetAsync("/openapi.json")).Must(200);
        var (check, faults, seen) = (new SchemaCheck(document), new List<string>(), 0);
        var schemas = document.At("components.schemas");
        foreach (var answer in document.At("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject())
            .SelectMany(o => o.Value.GetProperty("responses").EnumerateObject()).Where(r => r.Name[0] == '2')
            .Where(r => r.Value.TryGetProperty("content", out _)).Select(r => r.Value.GetProperty("content"))
            .Where(c => c.TryGetProperty("application/json", out _)).Select(c => c.At("application/json").GetProperty("schema")))
        {
            var one = answer.TryGetProperty("items", out var items) ? items : answer;
            if (!one.TryGetProperty("$ref", out var reference)) continue;
            var (name, schema) = (reference.GetString()!.Split('/')[^1], schemas.GetProperty(reference.GetString()!.Split('/')[^1]));
            if (!schema.TryGetProperty("properties", out _)) continue;
            seen++;
            if (!schema.TryGetProperty("examples", out var examples)) faults.Add($"{name} has none");
            else faults.AddRange(examples.Items().SelectMany(example => check.Faults(example, one)).Select(f => $"{name}: {f}"));
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Distinct()));
        Assert.True(seen > 200, $"only {seen} answers were looked at");
        // What the example of a request says comes back.
        var property = schemas.GetProperty("PropertyResponse").At("examples").Items()[0];
        Assert.Equal(("apartment", "AED"), (property.Text("property_type"), property.Text("currency")));
    }

    [Fact]
    public async Task A_refusal_is_what_is_described_for_its_status()
    {
        var office = await server.NewOfficeAsync();
        var document = (await server.Anonymous.GetAsync("/openapi.json")).Must(200);
        var (check, id) = (new SchemaCheck(document), await office.NewPropertyAsync());
        foreach (var (status, answer) in new[]
        {
            ("401", await server.Anonymous.GetAsync($"/api/v1/properties/{id}")),
            ("404", await office.Admin.GetAsync("/api/v1/properties/999999999")),
            ("422", await office.Admin.GetAsync("/api/v1/properties/lead_1")),
            ("412", await office.Admin.SendAsync(HttpMethod.Patch, $"/api/v1/properties/{id}", new { price = 1 },
                ("If-Match", "\"prop_1-0\""))),
            ("400", await office.Admin.SendAsync(HttpMethod.Patch, $"/api/v1/properties/{id}", "{")),
        })
        {
            Assert.Equal(status, $"{answer.Status}");
            var operation = document.GetProperty("paths").GetProperty("/api/v1/properties/{id}")
                .GetProperty(status is "412" or "400" ? "patch" : "get");
            var name = operation.GetProperty("responses").GetProperty(status).GetProperty("$ref").GetString()!.Split('/')[^1];
            var described = document.GetProperty("components").GetProperty("responses").GetProperty(name).GetProperty("content")
                .GetProperty("application/problem+json");
            Assert.Empty(check.Faults(answer.Json, described.GetProperty("schema")));
            Assert.NotEmpty(check.Faults(operation, described.GetProperty("schema")));
            Assert.Empty(check.Faults(described.GetProperty("example"), described.GetProperty("schema")));
        }
    }

    [Fact]
    public async Task Every_event_is_described_as_a_webhook_with_the_members_of_its_data()
    {
        var document = (await server.Anonymous.GetAsync("/openapi.json")).Must(200);
        var webhooks = document.GetProperty("webhooks");
        Assert.Equal(EventTypes.All.Select(t => t.Name), webhooks.EnumerateObject().Select(w => w.Name).Order(StringComparer.Ordinal));
        foreach (var type in EventTypes.All)
        {
            var schema = webhooks.GetProperty(type.Name).At("post.requestBody.content").GetProperty("application/json")
                .GetProperty("schema");
            var message = document.GetProperty("components").GetProperty("schemas")
                .GetProperty(schema.GetProperty("$ref").GetString()!.Split('/')[^1]);
            Assert.Equal(type.Name, message.At("properties.type.const").GetString());
            var data = document.GetProperty("components").GetProperty("schemas")
                .GetProperty(message.At("properties.data.$ref").GetString()!.Split('/')[^1]);
            Assert.Subset(data.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToHashSet(), type.Members.ToHashSet());
        }
    }

    [Fact]
    public async Task A_file_a_page_and_a_stream_are_described_as_what_comes()
    {
        var paths = (await server.Anonymous.GetAsync("/openapi.json")).Must(200).At("paths");
        JsonElement Content(string path, string type) =>
        paths.GetProperty(path).At("get.responses.200.content").GetProperty(type).GetProperty("schema");
        Assert.Equal("binary", Content("/api/v1/cma/reports/{id}/pdf", "application/pdf").Text("format"));
        Assert.Equal("string", Content("/api/v1/cma/reports/{id}/html", "text/html").Text("type"));
        Assert.Equal("binary", Content("/api/v1/sse/stream", "text/event-stream").Text("format"));
        Assert.Equal("string", Content("/api/v1/properties", "text/csv").Text("type"));
    }

    [Fact]
    public async Task The_root_leads_to_the_documentation()
    {
        var answer = await server.Anonymous.GetAsync("/");
        Assert.Equal((302, "/docs"), (answer.Status, answer.Header("Location")));
    }

    [Theory]
    [InlineData("/redoc/index.html", "/redoc/index.js", "\"disableTelemetry\":true")]
    [InlineData("/docs/index.html", "/docs/index.js", "\"docExpansion\":\"none\"")]
    public async Task The_pages_call_nobody_else(string page, string script, string says)
    {
        var answer = await server.Anonymous.GetAsync(page);
        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("//", answer.Text.Replace("<!--", "", StringComparison.Ordinal).Replace("http://www.w3.org", "",
            StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'self'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains(says, (await server.Anonymous.GetAsync(script)).Text, StringComparison.Ordinal);
    }
}
