using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>Discovers the routes, so that a new one is held to the rules without being listed.</summary>
public sealed class RouteWallTests(Server server)
{
    private IEnumerable<RouteEndpoint> Routes => server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void Every_route_names_its_permission_or_stands_on_the_list_of_open_ones()
    {
        var undecided = Routes.Where(r => r.Metadata.GetMetadata<NeedsPermission>() is null && r.Metadata.GetMetadata<NeedsSignIn>() is null && r.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(Name);
        Assert.Empty(undecided);
    }

    [Fact]
    public void What_is_open_to_everybody_is_on_a_short_list()
    {
        var open = Routes.Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(r => "/" + r.RoutePattern.RawText!.Trim('/')).Distinct();
        var unexpected = open.Where(path => !OpenRoutes.Any(o => path == o || (o.EndsWith('*') && path.StartsWith(o[..^1], StringComparison.Ordinal))));
        Assert.Empty(unexpected);
    }

    [Fact]
    public async Task Another_tenant_finds_nothing_behind_any_id()
    {
        var (mine, stranger) = (await PopulatedOffice.NewAsync(server), await server.NewOfficeAsync());
        var ids = await IdsOfAsync(mine);
        var (faults, checkedRoutes) = (new List<string>(), 0);
        foreach (var route in Routes.Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            if (Fill(route, ids, out var missing) is not { } path) continue;
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
                if (answer.Status != 404 && !(method == "POST" && answer.Status is 422 or 415)) faults.Add($"{method} {path} answered {answer.Status}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(checkedRoutes > 15, $"only {checkedRoutes} routes were checked");
    }

    /// <summary>The route with ids of the other tenant; null where it has no id.</summary>
    private static string? Fill(RouteEndpoint route, Dictionary<Type, long> ids, out string? missing)
    {
        (missing, var path) = (null, "/" + route.RoutePattern.RawText!.Trim('/'));
        var handler = route.Metadata.GetMetadata<MethodInfo>();
        if (handler is null || route.RoutePattern.Parameters.Count == 0) return null;
        var some = false;
        foreach (var parameter in route.RoutePattern.Parameters)
        {
            var type = handler.GetParameters().FirstOrDefault(p => p.Name == parameter.Name)?.ParameterType;
            if (type is null || !EntityIds.IsId(type) || type == typeof(PermissionId)) return null;
            some = true;
            if (ids.TryGetValue(type, out var id)) path = path.Replace($"{{{parameter.Name}}}", id.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            else missing = type.Name;
        }
        return some ? path : null;
    }

    /// <summary>An id of each kind that the office has a row of, found through the models.</summary>
    private async Task<Dictionary<Type, long>> IdsOfAsync(Office office)
    {
        var ids = new Dictionary<Type, long>();
        foreach (var module in server.Services.GetServices<ModuleDbType>())
        {
            await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(new OrganizationId(office.OrganizationId));
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(module.Type);
            await db.Work.OpenAsync(TestContext.Current.CancellationToken);
            foreach (var entity in db.Model.GetEntityTypes())
            {
                if (entity.GetTableName() is null || entity.FindPrimaryKey()?.Properties is not [var key] || !EntityIds.IsId(key.ClrType) || ids.ContainsKey(key.ClrType)) continue;
                await using var command = db.Work.Connection.CreateCommand();
                command.CommandText = $"select min({key.GetColumnName()}) from {entity.GetSchema()}.{entity.GetTableName()}";
                if (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is long id) ids[key.ClrType] = id;
            }
        }
        await using var jobs = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(new OrganizationId(office.OrganizationId));
        var work = jobs.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.OpenAsync(TestContext.Current.CancellationToken);
        await using var job = new NpgsqlCommand("select min(id) from platform.jobs", work.Connection); // jobs are no EF model
        ids[typeof(CustomReportId)] = ids[typeof(CmaReportId)]; // one table, two kinds of report
        ids[typeof(JobId)] = Assert.IsType<long>(await job.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        return ids;
    }

    private static string Name(RouteEndpoint route) => $"{string.Join(',', route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} {route.RoutePattern.RawText}";

    private static readonly string[] OpenRoutes =
    [
        "/auth/login", "/api/v1/auth/login", "/api/v1/auth/register", "/api/v1/auth/refresh", "/api/v1/auth/password-reset-request",
        "/api/v1/auth/password-reset-confirm", "/api/v1/auth/verify-email", "/api/v1/auth/resend-verification",
        "/account/*", // the pages behind the links of account mails, with single-use tokens
        "/openapi.json", "/health", "/healthz", "/live", "/ready", "/api/v1/health", "/metrics",
        "/files/*", // signed, expiring links
        "/api/v1/sse/stream", // takes its own short-lived token
        "/api/v1/webhooks/email-provider", "/api/v1/webhooks/sms-provider", // signed by the provider
        "/u/*", "/c/*", "/o/*", // links in campaign mails, with a token for each recipient
        "/jobs*", // the operators' page has a sign-in of its own
    ];
}
