using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Walls;
using RealEstateOs.Platform.OpenApi;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>What /openapi.json says of the API is complete and true.</summary>
public sealed class DescriptionTests(Server server)
{
    // What they take is known to one person only: tokens from a mail or a sign-in, the own password, two leads of the same person.
    private static readonly string[] OfOnePersonOnly =
        ["/api/v1/auth/refresh", "/api/v1/auth/password-reset-confirm", "/api/v1/auth/verify-email", "/api/v1/auth/change-password",
            "/api/v1/leads/{id}/merge", "/api/v1/social/accounts/callback"];

    [Fact]
    public async Task Every_operation_and_every_parameter_says_what_it_is()
    {
        var silent = new List<string>();
        foreach (var (name, operation) in await OperationsAsync())
        {
            if (!operation.TryGetProperty("summary", out _) || !operation.TryGetProperty("description", out _)) silent.Add(name);
            if (!operation.TryGetProperty("parameters", out var parameters)) continue;
            silent.AddRange(parameters.EnumerateArray().Where(p => !p.TryGetProperty("description", out _))
                .Select(p => $"{name}: {p.GetProperty("name")}"));
        }
        Assert.True(silent.Count == 0, string.Join(Environment.NewLine, silent));
    }

    [Fact]
    public async Task Every_member_of_every_body_says_what_it_is()
    {
        var schemas = (await server.Anonymous.GetAsync("/openapi.json")).Must(200).At("components").GetProperty("schemas");
        var silent = schemas.EnumerateObject()
            .Where(s => s.Value.TryGetProperty("properties", out _))
            .SelectMany(s => s.Value.GetProperty("properties").EnumerateObject()
                .Where(m => !m.Value.TryGetProperty("description", out var text) || string.IsNullOrWhiteSpace(text.GetString()))
                .Select(m => $"{s.Name}.{m.Name}"))
            .ToArray();
        Assert.True(silent.Length == 0, string.Join(Environment.NewLine, silent));
    }

    [Fact]
    public async Task Every_operation_has_a_short_summary_an_answer_and_described_refusals()
    {
        var faults = new List<string>();
        foreach (var (name, operation) in await OperationsAsync())
        {
            var summary = operation.Text("summary")!;
            if (summary.Length is 0 or > 80 || summary.Contains('\n', StringComparison.Ordinal)
                || summary.Contains('`', StringComparison.Ordinal)) faults.Add($"{name}: {summary}");
            var answers = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
            if (!answers.Keys.Any(status => status[0] == '2')) faults.Add($"{name} answers nothing");
            faults.AddRange(answers.Where(
                a => a.Key is not ("200" or "201" or "202" or "204" or "503") && !a.Value.TryGetProperty("$ref", out _))
                .Select(a => $"{name}: {a.Key}"));
            if (!operation.TryGetProperty("security", out _) && !answers.ContainsKey("401")) faults.Add($"{name}: 401");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_member_that_may_be_null_says_so_and_money_is_decimal()
    {
        var document = (await server.Anonymous.GetAsync("/openapi.json")).Must(200);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var members = schemas.GetProperty("PropertyResponse").GetProperty("properties");
        Assert.Equal("decimal", members.At("price.format").GetString());
        Assert.Equal("decimal", schemas.GetProperty("MarketContextResponse").At("properties.median_price_per_sqft.format").GetString());
        Assert.Equal(["null", "number"], members.At("price.type").Items().Select(t => t.GetString()!).Order().ToArray());
        Assert.Equal("null", members.At("property_type.oneOf").Items()[1].Text("type"));
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_for_generated_clients()
    {
        var names = (await OperationsAsync()).ToDictionary(o => o.Name,
            o => o.Operation.TryGetProperty("operationId", out var id) ? id.GetString()! : "");
        Assert.All(names, name => Assert.Matches("^[a-z][A-Za-z0-9]+$", name.Value));
        Assert.Equal(names.Count, names.Values.Distinct().Count());
        Assert.Equal(
            (string?[])["listLeads", "createLead", "getLead", "updateLead", "deleteLead"],
            (string?[])[names["GET /api/v1/leads"], names["POST /api/v1/leads"], names["GET /api/v1/leads/{id}"],
                names["PATCH /api/v1/leads/{id}"], names["DELETE /api/v1/leads/{id}"]]);
    }

    [Fact]
    public async Task Second_addresses_of_an_operation_and_second_names_of_a_parameter_are_deprecated_and_name_the_first()
    {
        var operations = (await OperationsAsync()).ToDictionary(o => o.Name, o => o.Operation);
        Assert.True(IsDeprecated(operations["POST /api/v1/reports/cma"]));
        Assert.False(IsDeprecated(operations["POST /api/v1/cma/reports"]));
        var second = operations.Where(o => IsDeprecated(o.Value)).ToArray();
        Assert.True(second.Length > 5, $"only {second.Length} addresses are");
        Assert.All(second, o => Assert.StartsWith("The same as `", o.Value.Text("description"), StringComparison.Ordinal));
        var names = new List<string>();
        foreach (var (name, operation) in operations)
        {
            if (!operation.TryGetProperty("parameters", out var parameters)) continue;
            var all = parameters.EnumerateArray().ToDictionary(p => p.Text("name")! + p.Text("in"), p => p);
            foreach (var parameter in all.Values.Where(IsDeprecated))
            {
                names.Add(parameter.Text("name")!);
                var first = parameter.Text("description")!.Replace("Another name of ", "", StringComparison.Ordinal).Trim('.', '`');
                Assert.True(all.TryGetValue($"{first}query", out var named) && !IsDeprecated(named), $"{name}: {parameter}");
            }
            Assert.DoesNotContain(all.Values, p => !IsDeprecated(p) && p.Text("name")!.StartsWith("min_", StringComparison.Ordinal));
        }
        Assert.Subset(names.ToHashSet(), new HashSet<string> { "min_price", "max_price", "current_stage", "time_period" });
    }

    [Fact]
    public async Task People_are_asked_for_their_password_first_and_no_body_forbids_members_that_it_may_get()
    {
        var document = (await server.Anonymous.GetAsync("/openapi.json")).Must(200);
        Assert.Equal(["account", "bearer", "api_key"],
            document.At("components.securitySchemes").EnumerateObject().Select(s => s.Name));
        Assert.Equal("account", document.At("security")[0].EnumerateObject().Single().Name);
        var closed = document.At("components.schemas").EnumerateObject()
            .Where(s => s.Value.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False);
        Assert.Empty(closed.Select(s => s.Name));
    }

    [Fact]
    public async Task Who_has_the_description_already_is_not_sent_it_again()
    {
        var first = await server.Anonymous.GetAsync("/openapi.json", ("Accept-Encoding", "br"));
        Assert.StartsWith("W/\"", first.Header("ETag"), StringComparison.Ordinal);
        var again = await server.Anonymous.GetAsync("/openapi.json", ("If-None-Match", first.Header("ETag")!));
        Assert.Equal((304, 0), (again.Status, again.Content.Length));
    }

    [Fact]
    public async Task No_text_shows_a_name_of_our_code()
    {
        var description = (await server.Anonymous.GetAsync("/openapi.json")).Must(200).GetRawText();
        Assert.DoesNotContain("RealEstateOs.", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_says_of_its_members_what_the_request_says_of_those_of_the_same_name()
    {
        var schemas = (await server.Anonymous.GetAsync("/openapi.json")).Must(200).At("components").GetProperty("schemas");
        string? Said(string type, string member) => schemas.GetProperty(type).GetProperty("properties").GetProperty(member)
            .TryGetProperty("description", out var text) ? text.GetString() : null;
        (string Answer, string Request, string[] Members)[] pairs =
        [
            ("PropertyResponse", "CreatePropertyRequest", ["price", "square_feet", "external_id", "metadata"]),
            ("LeadResponse", "CreateLeadRequest", ["budget", "consent", "intent"]),
            ("LeadActivityResponse", "AddLeadActivityRequest", ["scheduled_at", "outcome"]),
        ];
        foreach (var (answer, request, members) in pairs)
            foreach (var member in members) Assert.Equal(Said(request, member), Said(answer, member));
        Assert.Contains("`currency`", Said("PropertyResponse", "price"), StringComparison.Ordinal);
        Assert.DoesNotContain("efault", Said("PropertyResponse", "status"), StringComparison.Ordinal);
        Assert.Contains("`currency`", Said("DealSummary", "value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_says_what_it_must_have_and_how_large_that_may_be()
    {
        var schemas = (await server.Anonymous.GetAsync("/openapi.json")).Must(200).At("components").GetProperty("schemas");
        var property = schemas.GetProperty("CreatePropertyRequest");
        Assert.Equal(["address", "city"], property.GetProperty("required").EnumerateArray().Select(r => r.GetString()).Order());
        var latitude = property.GetProperty("properties").GetProperty("latitude");
        Assert.Equal((-90, 90), (latitude.GetProperty("minimum").GetInt32(), latitude.GetProperty("maximum").GetInt32()));
        Assert.Equal("email", property.GetProperty("properties").GetProperty("owner_email").GetProperty("format").GetString());
        Assert.False(schemas.GetProperty("UpdatePropertyRequest").TryGetProperty("required", out _));
        var problem = schemas.GetProperty("ProblemBody").GetProperty("properties");
        var refusal = (await server.Anonymous.PostAsync("/api/v1/auth/login", new { })).Must(422);
        Assert.Equal(problem.EnumerateObject().Select(p => p.Name).Order(), refusal.EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task The_example_of_each_body_is_one_that_its_endpoint_takes()
    {
        var office = await PopulatedOffice.NewAsync(server);
        var ids = await RouteIds.OfAsync(server, office);
        var (texts, faults, tried) = (ApiTexts.Load(), new List<string>(), 0);
        foreach (var route in server.Routes.Where(r => r.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)))
        {
            var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            if (route.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type } accepts
                || !accepts.ContentTypes.Contains("application/json")) continue;
            if (OfOnePersonOnly.Contains(route.RoutePattern.RawText)) continue;
            if (texts.ExampleOf(type) is not JsonObject example)
            {
                faults.Add($"{method} {route.RoutePattern.RawText}: {type.Name} has no example");
                continue;
            }
            var path = RouteIds.Fill(route, ids, out var missing)
                ?? route.RoutePattern.RawText!.Replace("packages/{name}", $"packages/{PopulatedOffice.Package}", StringComparison.Ordinal);
            Assert.Null(missing);
            tried++;
            var answer = await office.Admin.SendAsync(new HttpMethod(method), path, RouteIds.Fill(example, type, ids));
            // 409: the office's state forbids it, not the body. 401, 423: the example names a person of the sample data, whom other tests
            // here may have tried, too.
            if (answer.Status is not (>= 200 and < 300 or 409) && !(answer.Status is 401 or 423 && type.Name == "LoginRequest"))
                faults.Add($"{method} {path} answered {answer.Status}: {answer.Text}");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(tried > 50, $"only {tried} examples were tried");
    }

    private static bool IsDeprecated(JsonElement described) =>
        described.TryGetProperty("deprecated", out var deprecated) && deprecated.GetBoolean();

    private async Task<List<(string Name, JsonElement Operation)>> OperationsAsync() =>
        [.. (await server.Anonymous.GetAsync("/openapi.json")).Must(200).At("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()
                .Select(o => ($"{o.Name.ToUpper(CultureInfo.InvariantCulture)} {path.Name}", o.Value)))];
}
