using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>The ids of an office's rows, put into the routes that take one.</summary>
internal static class RouteIds
{
    /// <summary>An id of each kind that the office has a row of, found through the models.</summary>
    public static async Task<Dictionary<Type, long>> OfAsync(Server server, Office office)
    {
        var ids = new Dictionary<Type, long>();
        foreach (var module in server.Services.GetServices<ModuleDbType>())
        {
            await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
                new OrganizationId(office.OrganizationId));
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(module.Type);
            await db.Work.OpenAsync(TestContext.Current.CancellationToken);
            foreach (var entity in db.Model.GetEntityTypes())
            {
                if (entity.GetTableName() is null || entity.FindPrimaryKey()?.Properties is not [var key] || !EntityIds.IsId(key.ClrType)
                    || ids.ContainsKey(key.ClrType)) continue;
                await using var command = db.Work.Connection.CreateCommand();
                command.CommandText = $"select min({key.GetColumnName()}) from {entity.GetSchema()}.{entity.GetTableName()}";
                if (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is long id) ids[key.ClrType] = id;
            }
        }
        await using var jobs = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
            new OrganizationId(office.OrganizationId));
        var work = jobs.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.OpenAsync(TestContext.Current.CancellationToken);
        await using var job = new NpgsqlCommand("select min(id) from platform.jobs", work.Connection); // jobs are no EF model
        ids[typeof(CustomReportId)] = ids[typeof(CmaReportId)]; // one table, two kinds of report
        ids[typeof(JobId)] = Assert.IsType<long>(await job.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        return ids;
    }

    /// <summary>The route with ids of an office; null where it has no id.</summary>
    public static string? Fill(RouteEndpoint route, Dictionary<Type, long> ids, out string? missing)
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
            if (ids.TryGetValue(type, out var id))
                path = path.Replace($"{{{parameter.Name}}}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            else missing = type.Name;
        }
        return some ? path : null;
    }

    /// <summary>A body with ids of an office: in the members that name some already, or (<paramref name="all"/>) in all that may.</summary>
    public static JsonObject Fill(JsonObject body, Type type, Dictionary<Type, long> ids, bool all = false)
    {
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = Json.SnakeCase(member.Name);
            if (body[name] is JsonObject free && Nullable.GetUnderlyingType(member.PropertyType) == typeof(JsonElement))
                FillFree(free, ids);
            var id = member.PropertyType.IsArray ? member.PropertyType.GetElementType()!
                : Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            if ((body[name] is null && !all) || !ids.TryGetValue(id, out var value)) continue;
            body[name] = member.PropertyType.IsArray ? new JsonArray(value) : value;
        }
        return body;
    }

    // In an object of any members an id is told by its name: client_id is a ClientId.
    private static void FillFree(JsonObject body, Dictionary<Type, long> ids)
    {
        foreach (var (type, value) in ids)
            if (body.ContainsKey(Json.SnakeCase(type.Name))) body[Json.SnakeCase(type.Name)] = value;
    }
}
