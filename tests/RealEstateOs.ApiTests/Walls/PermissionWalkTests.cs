using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.OpenApi;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>
/// Discovers permissions and routes: a user with one permission alone, or with its <c>:own</c> form, walks what it opens in an office that
/// is all somebody else's. Whatever the answers and the live stream show must be of a kind that this permission lets them read.
/// </summary>
public sealed class PermissionWalkTests(Server server)
{
    private const string End = "the walk ends here";

    /// <summary>Permissions to oversee the whole office, whatever a record is about; their descriptions say so.</summary>
    private static readonly string[] Overseers = ["audit:read", "webhooks:read"];

    [Fact]
    public async Task A_role_with_one_permission_is_shown_nothing_that_it_may_not_read_directly()
    {
        var office = await PopulatedOffice.NewAsync(server);
        await office.Server.ExecuteAsync(
            "insert into platform.outbox (organization_id, event_type, payload, occurred_at) values ($1, 'notification', $2::jsonb, now())",
            office.OrganizationId, $$"""{"title": "{{End}}"}""");
        var ids = await RouteIds.OfAsync(server, office);
        var role = (await office.Admin.PostAsync("/api/v1/roles", new { name = "walker", permissions = new[] { "leads:read" } })).Must(201)
            .Id();
        var (walker, _, _) = await office.NewUserAsync("walker");
        var (faults, answers) = (new List<string>(), 0);
        foreach (var permission in server.Services.GetRequiredService<PermissionCatalogue>().Names
            .SelectMany(p => new[] { p, p + Permissions.OwnSuffix }).Except(Overseers))
        {
            (await office.Admin.PutAsync($"/api/v1/roles/{role}", new { permissions = new[] { permission } })).Must(200);
            foreach (var (method, path, body) in Requests(permission, ids))
            {
                var answer = await walker.SendAsync(method, path, body);
                if (answer.Status >= 500) faults.Add($"{permission}: {method} {path} answered {answer.Status}");
                if (answer.Status < 300) answers++;
                var seen = method == HttpMethod.Get ? permission : Changing(permission);
                faults.AddRange(Shown(answer.Text,
                    seen).Select(mark => $"{permission}: {method} {path} answered {answer.Status} and shows {mark}"));
            }
            faults.AddRange(Shown(await ReplayAsync(walker), permission).Select(mark => $"{permission}: the live stream shows {mark}"));
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(answers > 500, $"only {answers} requests were answered");
    }

    [Fact]
    public async Task Every_secret_is_shown_to_who_may_read_its_kind()
    {
        var office = await PopulatedOffice.NewAsync(server);
        var ids = await RouteIds.OfAsync(server, office);
        // A reply comes by the stream.
        foreach (var kind in PopulatedOffice.Secrets.Where(s => s.Mark != "secret-reply").GroupBy(s => s.Permission, s => s.Mark))
        {
            var (reader, _) = await office.NewUserWhoMayAsync(kind.Key);
            var shown = new StringBuilder();
            foreach (var (method, path, body) in Requests(kind.Key, ids).Where(r => r.Method == HttpMethod.Get)) shown.Append(
                (await reader.SendAsync(method, path, body)).Text);
            Assert.All(kind, mark => Assert.Contains(mark, shown.ToString(), StringComparison.Ordinal));
        }
    }

    // Who may change any record of a kind sees in the answer what became of it.
    private static string Changing(string permission) =>
        permission.EndsWith(Permissions.OwnSuffix, StringComparison.Ordinal) ? permission : $"{permission.Split(':')[0]}:read";

    private static IEnumerable<string> Shown(string text, string permission) =>
        PopulatedOffice.Secrets.Where(s => s.Permission != permission && text.Contains(s.Mark, StringComparison.Ordinal))
            .Select(s => s.Mark);

    /// <summary>
    /// What the permission opens: each GET, with and without the ids that its query takes, and each POST with its example, about nothing
    /// and about all that it can name.
    /// </summary>
    private IEnumerable<(HttpMethod Method, string Path, JsonObject? Body)> Requests(string permission, Dictionary<Type, long> ids)
    {
        var texts = ApiTexts.Load();
        var needed = permission.EndsWith(Permissions.OwnSuffix, StringComparison.Ordinal) ? permission[..^Permissions.OwnSuffix.Length]
            : permission;
        foreach (var route in server.Routes.Where(
            r => r.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)
                && !r.RoutePattern.RawText.Contains("/sse/", StringComparison.Ordinal)))
        {
            var open = route.Metadata.GetMetadata<NeedsSignIn>() is not null;
            if (!open && route.Metadata.GetMetadata<NeedsPermission>()?.Permission != needed) continue;
            var path = RouteIds.Fill(route, ids, out _) ?? "/" + route.RoutePattern.RawText!.Trim('/');
            var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods;
            if (methods.Contains("GET"))
            {
                yield return (HttpMethod.Get, path, null);
                if (Query(route, ids) is { Length: > 0 } query) yield return (HttpMethod.Get, $"{path}?{query}", null);
            }
            if (open || !methods.Contains("POST") || route.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type }
                || texts.ExampleOf(type) is not JsonObject example) continue;
            var filled = RouteIds.Fill((JsonObject)example.DeepClone(), type, ids, all: true);
            yield return (HttpMethod.Post, path, filled);
            if (permission == needed && !JsonNode.DeepEquals(filled, example)) yield return (HttpMethod.Post, path, example);
        }
    }

    private static string Query(RouteEndpoint route, Dictionary<Type, long> ids) => string.Join('&',
        from parameter in route.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? []
        let type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType
        where EntityIds.IsId(type) && ids.ContainsKey(type) && route.RoutePattern.Parameters.All(p => p.Name != parameter.Name)
        select string.Create(CultureInfo.InvariantCulture,
            $"{parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name}={ids[type]}"));

    private static async Task<string> ReplayAsync(Actor reader)
    {
        using var limit = Eventually.Limit();
        using var response = await reader.OpenAsync("/api/v1/sse/stream?last_event_id=0");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        var text = new StringBuilder();
        while (await lines.ReadLineAsync(limit.Token) is { } line && !line.Contains(End, StringComparison.Ordinal)) text.AppendLine(line);
        return text.ToString();
    }
}
