using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>Discovers the routes, so that a new one is held to the rules without being listed.</summary>
public sealed class RouteWallTests(Server server)
{
    [Fact]
    public void Every_route_names_its_permission_or_stands_on_the_list_of_open_ones()
    {
        var undecided = server.Routes.Where(
            r => r.Metadata.GetMetadata<NeedsPermission>() is null && r.Metadata.GetMetadata<NeedsSignIn>() is null
                && r.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(Name);
        Assert.Empty(undecided);
    }

    [Fact]
    public void What_is_open_to_everybody_is_on_a_short_list()
    {
        var open = server.Routes.Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(r => "/" + r.RoutePattern.RawText!.Trim('/')).Distinct();
        var unexpected = open.Where(
            path => !OpenRoutes.Any(o => path == o || (o.EndsWith('*') && path.StartsWith(o[..^1], StringComparison.Ordinal))));
        Assert.Empty(unexpected);
    }

    [Fact]
    public async Task Another_tenant_finds_nothing_behind_any_id()
    {
        var (mine, stranger) = (await PopulatedOffice.NewAsync(server), await server.NewOfficeAsync());
        var ids = await RouteIds.OfAsync(server, mine);
        var (faults, checkedRoutes) = (new List<string>(), 0);
        foreach (var route in server.Routes.Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            if (RouteIds.Fill(route, ids, out var missing) is not { } path) continue;
            if (missing is not null)
            {
                faults.Add($"{Name(route)}: no {missing} in the populated office to try with");
                continue;
            }
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            {
                checkedRoutes++;
                var answer = await stranger.Admin.SendAsync(new HttpMethod(method), path, method is "GET" or "DELETE" ? null : new { });
                // A POST may already be refused for what its body lacks; nothing else may be.
                if (answer.Status != 404 && !(method == "POST" && answer.Status is 422 or 415))
                    faults.Add($"{method} {path} answered {answer.Status}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(checkedRoutes > 15, $"only {checkedRoutes} routes were checked");
    }

    private static string Name(RouteEndpoint route) =>
        $"{string.Join(',', route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} {route.RoutePattern.RawText}";

    private static readonly string[] OpenRoutes =
    [
        "/auth/login", "/api/v1/auth/login", "/api/v1/auth/token", "/api/v1/auth/register", "/api/v1/auth/refresh",
        "/api/v1/auth/password-reset-request",
        "/api/v1/auth/password-reset-confirm", "/api/v1/auth/verify-email", "/api/v1/auth/resend-verification",
        "/social/connected", // the page that networks lead back to after a sign-in; it asks for the password
        "/account/*", // the pages behind the links of account mails, with single-use tokens
        "/openapi.json", "/health", "/healthz", "/live", "/ready", "/api/v1/health", "/metrics",
        "/files/*", // signed, expiring links
        "/api/v1/sse/stream", // takes its own short-lived token
        "/api/v1/webhooks/email-provider", "/api/v1/webhooks/sms-provider", "/api/v1/webhooks/inbound-mail", // signed by the provider
        "/u/*", "/c/*", "/o/*", // links in campaign mails, with a token for each recipient
        "/p/*", // landing pages, each behind its token
        "/feeds/*", // listings for portals, each behind its token
        "/portals/*", // what a portal asks and tells, each behind the token of its account, events signed
        "/marketing/previews/*", // pictures of templates, filled with an invented home
        "/calendar/*", // a secret in the address, for calendar programs
        "/jobs", "/hangfire/*", // the operators' dashboard has a sign-in of its own
        "/s/*", // links in posts, each with a token
    ];
}
