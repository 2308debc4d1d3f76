using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Walls;
using RealEstateOs.Platform.OpenApi;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>
/// Discovers every endpoint and sends it what no client should: each member and each parameter in turn. Whatever comes, it is the client's
/// fault and is said as such.
/// </summary>
public sealed class BadInputSweepTests(Server server)
{
    private static readonly string Endless = new('x', 5_000);

    // As JSON. Some are right for some members; then the request is simply done.
    private static readonly string[] Values =
        ["null", "{}", "[]", "[{}]", "[null]", "true", "-1", "7.5", "1e30", "99999999999999999999", "\"\"", "\" \"", "\"\\u0000\"",
            "\"\\ud83c\"", "\"no_such_word\"", "\"2026-13-45\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", $"\"{Endless}\""];

    // What a member takes that is an object of the client's own.
    private static readonly string[] Free = ["{\"\\u0000\":1}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud83c\"}", "{\"\\ud83c\":1}",
        "{\"a\":1,\"a\":2}", "{\"a\":1e999999}", "{\"a\":1e-999999}", "{\"a\":[{\"b\":1e999999}]}", "{\"a\":null}", "[1e999999]"];

    private static readonly string[] Texts = ["%00", "-1", "0", "7.5", "99999999999999999999", "1e30", "no_such_word", "%27%22%3B--", "[]",
        "true", "2026-13-45", "0001-01-01", "9999-12-31", "%F0%9F%8F", Endless];

    private static readonly string[] Bodies = ["{", "[]", "\"x\"", "null", "{\"a\":}", "{\"a\":1}{", "\u0000", $"{{\"{Endless}\":1}}"];

    [Fact]
    public async Task Whatever_stands_in_a_body_no_endpoint_breaks()
    {
        var office = await PopulatedOffice.NewAsync(server);
        var ids = await RouteIds.OfAsync(server, office);
        var texts = ApiTexts.Load();
        var requests = new List<(HttpMethod Method, string Path, string Body)>();
        foreach (var route in server.Routes.Where(
            r => r.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts && accepts.ContentTypes.Contains("application/json")
                && accepts.RequestType is not null))
        {
            var method = new HttpMethod(route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]);
            var path = RouteIds.Fill(route, ids, out _) ?? route.RoutePattern.RawText!;
            var example = texts.ExampleOf(route.Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!) as JsonObject ?? [];
            requests.AddRange(Bodies.Select(body => (method, path, body)));
            foreach (var member in MembersOf(route.Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!))
            {
                var name = Json.SnakeCase(member.Name);
                requests.AddRange(Values.Concat(Within(member.PropertyType)).Select(value => (method, path, With(example, name, value))));
            }
            requests.Add((method, path, "{\"a\":1,\"a\":2}"));
        }
        await SweepAsync(office, requests, least: 3_000);
    }

    [Fact]
    public async Task Whatever_stands_in_a_query_no_endpoint_breaks()
    {
        var office = await PopulatedOffice.NewAsync(server);
        var ids = (await RouteIds.OfAsync(server, office)).Values;
        var requests = new List<(HttpMethod Method, string Path, string Body)>();
        foreach (var path in (await server.Anonymous.GetAsync("/openapi.json")).Must(200).At("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty("get", out var get) || path.Name.Contains("/sse/", StringComparison.Ordinal)) continue;
            var filled = System.Text.RegularExpressions.Regex.Replace(path.Name, "{[^}]+}",
                ids.First().ToString(CultureInfo.InvariantCulture));
            foreach (var parameter in (get.TryGetProperty("parameters", out var declared) ? declared.Items() : []).Where(
                p => p.GetProperty("in").GetString() == "query"))
                requests.AddRange(Texts.Select(
                    text => (HttpMethod.Get, $"{filled}?{parameter.GetProperty("name").GetString()}={text}", "")));
            // A NUL in a path is refused by the server itself, before anything of ours sees it.
            if (path.Name.Contains('{', StringComparison.Ordinal))
                requests.AddRange(Texts.Skip(1)
                    .Select(text => (HttpMethod.Get, System.Text.RegularExpressions.Regex.Replace(path.Name, "{[^}]+}",
                        text.Length > 500 ? text[..500] : text), "")));
        }
        await SweepAsync(office, requests, least: 3_000);
    }

    private static async Task SweepAsync(Office office, List<(HttpMethod Method, string Path, string Body)> requests, int least)
    {
        var (faults, refused) = (new ConcurrentBag<string>(), 0);
        await Parallel.ForEachAsync(requests,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (request, _) =>
            {
                var answer = await office.Admin.SendAsync(request.Method, request.Path,
                    request.Method == HttpMethod.Get ? null : request.Body);
                if (answer.Status >= 400) Interlocked.Increment(ref refused);
                var isClear = answer.Status < 400
                    || answer.Header("Content-Type")?.StartsWith("application/problem+json", StringComparison.Ordinal) == true;
                // Who sends bad input while signed in is not told to sign in.
                if (answer.Status >= 500 || answer.Status == 401 && !request.Path.Contains("/auth/", StringComparison.Ordinal) || !isClear
                    || (answer.Status == 422 && answer.Json.Text("detail") is null))
                    faults.Add($"{request.Method} {Short(request.Path)} with {Short(request.Body)} "
                        + $"answered {answer.Status}: {Short(answer.Text)}");
            });
        Assert.True(faults.IsEmpty, $"{faults.Count} faults{Environment.NewLine}{string.Join(Environment.NewLine, faults.Take(30))}");
        Assert.True(requests.Count > least && refused > requests.Count / 4, $"{requests.Count} requests, {refused} refused");
    }

    private static IEnumerable<System.Reflection.PropertyInfo> MembersOf(Type type) => type.GetProperties().Where(p => p.Name != "Present");

    /// <summary>The same values a level deeper, where the member is an object or a list of them.</summary>
    private static IEnumerable<string> Within(Type type)
    {
        if (type == typeof(JsonElement) || type == typeof(JsonElement?) || typeof(System.Collections.IDictionary).IsAssignableFrom(type))
            return Free;
        var (inner, form) = type.IsArray ? (type.GetElementType()!, "[{0}]") : (type, "{0}");
        if (!inner.IsClass || inner.Namespace?.StartsWith("RealEstateOs", StringComparison.Ordinal) != true) return [];
        return MembersOf(inner).SelectMany(member => Values.Concat(Within(member.PropertyType))
            .Select(value => form.Replace("{0}", $"{{\"{Json.SnakeCase(member.Name)}\":{value}}}", StringComparison.Ordinal)));
    }

    private static string With(JsonObject example, string member, string value)
    {
        var body = (JsonObject)example.DeepClone();
        body.Remove(member);
        var rest = body.ToJsonString();
        return $"{{\"{member}\":{value}{(rest.Length > 2 ? "," : "")}{rest[1..]}";
    }

    private static string Short(string text) => text.Length > 300 ? text[..300] + "…" : text;
}
