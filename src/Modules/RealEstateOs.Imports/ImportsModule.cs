using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Imports;

/// <summary>Files of other systems, read row by row into the modules that offer an importer.</summary>
public static class ImportsModule
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddModuleDb<ImportsDb>(ImportsDb.Name)
        .AddJob<RunImport, ImportInput>(RunImport.Kind, queue: "imports", concurrency: 3, maxAttempts: 5, timeout: TimeSpan.FromHours(6),
            permission: ImportsPermissions.Read)
        .AddPermissions(ImportsPermissions.All);

    public static IEndpointRouteBuilder MapImports(this IEndpointRouteBuilder app)
    {
        var data = app.MapApi("Data").MapGroup("/data");
        data.MapPost("/import", StartImport.Handle).Needs(ImportsPermissions.Import)
            .WithMetadata(StartImport.Body, StartImport.Limit(app.ServiceProvider.GetRequiredService<IConfiguration>()));
        data.MapGet("/status", ListImports.Handle).Needs(ImportsPermissions.Read);
        data.MapGet("/imports/{id}", GetImport.Handle).Needs(ImportsPermissions.Read);
        data.MapGet("/imports/{id}/errors", ListImportErrors.Handle).Needs(ImportsPermissions.Read);
        return app;
    }
}
