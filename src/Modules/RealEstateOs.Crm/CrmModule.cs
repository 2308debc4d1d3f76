using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm;

/// <summary>What is written to owners and leads, and what comes back.</summary>
public static class CrmModule
{
    public static IServiceCollection AddCrm(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<CrmDb>(CrmDb.Name)
        .AddOutreach();

    public static IEndpointRouteBuilder MapCrm(this IEndpointRouteBuilder app) => app
        .MapOutreach();
}
