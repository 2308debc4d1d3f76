using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Insights;
using RealEstateOs.Cma.Market;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Cma;

/// <summary>Values from registered sales: quick valuations, comparables, the market, CMA reports and what they say of people.</summary>
public static class CmaModule
{
    public static IServiceCollection AddCma(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<CmaDb>(CmaDb.Name).AddPermissions(CmaPermissions.All);
        services.AddOptions<MarketOptions>().Bind(configuration.GetSection("Cma"));
        services.AddSingleton<MarketStore>().AddSingleton<MarketImport>().AddSingleton<MarketTraining>().AddSingleton<MarketHouse>();
        services.AddSingleton<MarketWatch>().AddHostedService(provider => provider.GetRequiredService<MarketWatch>());
        services.AddRecurringJob<TrainMarkets>(TrainMarkets.Kind, "0 17 1 * * ?", queue: "market");
        services.AddJob<AnalyseMarketJob, AnalyseMarketRequest>(AnalyseMarket.Kind, queue: "reports");
        return services;
    }

    public static IEndpointRouteBuilder MapCma(this IEndpointRouteBuilder app)
    {
        var api = app.MapApi("CMA");
        var cma = api.MapGroup("/cma");
        cma.MapPost("/valuation/quick", QuickValuation.Handle).Needs(CmaPermissions.Read);
        cma.MapGet("/comparables/{id}", ComparableSales.OfProperty).Needs(CmaPermissions.Read);
        cma.MapPost("/comparables", ComparableSales.OfDescription).Needs(CmaPermissions.Read);
        cma.MapGet("/market/snapshot", GetMarketSnapshot.Handle).Needs(CmaPermissions.Read);
        cma.MapGet("/market/coverage", GetCoverage.Handle).Needs(CmaPermissions.Read);
        cma.MapPost("/market/analysis", AnalyseMarket.Handle).Needs(CmaPermissions.Create);
        return app;
    }
}
