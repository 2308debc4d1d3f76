using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Insights;
using RealEstateOs.Cma.Market;
using RealEstateOs.Cma.PackageSteps;
using RealEstateOs.Cma.Reports;
using RealEstateOs.Cma.Usage;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Cma;

/// <summary>Values from registered sales: quick valuations, comparables, market figures and CMA reports.</summary>
public static class CmaModule
{
    public static IServiceCollection AddCma(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<CmaDb>(CmaDb.Name).AddPermissions(CmaPermissions.All);
        services.AddOptions<MarketOptions>().Bind(configuration.GetSection("Cma"));
        services.AddSingleton<MarketStore>().AddSingleton<MarketImport>().AddSingleton<MarketTraining>().AddSingleton<MarketHouse>();
        services.AddSingleton<MarketWatch>().AddHostedService(provider => provider.GetRequiredService<MarketWatch>());
        services.AddRecurringJob<TrainMarkets>(TrainMarkets.Kind, "0 17 1 * * ?", queue: "market");
        services.AddJob<AnalyseMarketJob, AnalyseMarketRequest>(AnalyseMarket.Kind, queue: "reports", concurrency: 3,
            permission: CmaPermissions.Read, awaited: true);
        services.AddJob<MakeReport, MakeReportInput>(
                MakeReport.Kind, queue: "reports", concurrency: 3, timeout: TimeSpan.FromMinutes(5), permission: CmaPermissions.Read,
                show: ReadReport.Show, awaited: true)
            .AddScoped<CustomReportWriter>().AddScoped<OwnSales>().AddScoped<ReportPictureStore>().AddScoped<ReportBrands>()
            .AddScoped<IMarketOverview, MarketOverviews>()
            .AddScoped<IMarketReports, MarketReports>().AddScoped<IMarketReader, MarketReader>();
        return services.AddCmaSteps();
    }

    public static IEndpointRouteBuilder MapCma(this IEndpointRouteBuilder app)
    {
        var api = app.MapApi("CMA");
        var cma = api.MapGroup("/cma");
        cma.MapPost("/valuation/quick", QuickValuation.Handle).Needs(CmaPermissions.Read);
        cma.MapGet("/comparables/{id}", ComparableSales.OfProperty).Needs(CmaPermissions.Read).WithName("findComparablesOfProperty");
        cma.MapPost("/comparables", ComparableSales.OfDescription).Needs(CmaPermissions.Read).WithName("findComparables");
        cma.MapGet("/market/snapshot", GetMarketSnapshot.Handle).Needs(CmaPermissions.Read);
        cma.MapGet("/market/projects", FindProjects.Handle).Needs(CmaPermissions.Read);
        cma.MapGet("/market/coverage", GetCoverage.Handle).Needs(CmaPermissions.Read);
        cma.MapPost("/market/analysis", AnalyseMarket.Handle).Needs(CmaPermissions.Create);
        cma.MapPost("/reports", CreateReport.Handle).Needs(CmaPermissions.Create).Counts(Quota.Reports);
        api.MapPost("/reports/cma", CreateReport.Handle).Needs(CmaPermissions.Create).Counts(Quota.Reports);
        cma.MapGet("/reports", ListReports.Handle).Needs(CmaPermissions.Read);
        cma.MapGet("/reports/{id}", ReadReport.Json).Needs(CmaPermissions.Read);
        cma.MapGet("/reports/{id}/html", ReadReport.Html).Needs(CmaPermissions.Read).AnswersText("text/html");
        cma.MapGet("/reports/{id}/pdf", ReadReport.Pdf).Needs(CmaPermissions.Read).AnswersFile("application/pdf");
        cma.MapPost("/analytics/reports/generate", CustomReport.Handle).Needs(CmaPermissions.Create).Counts(Quota.Reports)
            .WithName("createCustomReport");
        cma.MapGet("/analytics/reports/{id}", ReadCustomReport.Json).Needs(CmaPermissions.Read);
        cma.MapGet("/analytics/reports/{id}/html", ReadCustomReport.Html).Needs(CmaPermissions.Read).AnswersText("text/html");
        cma.MapGet("/analytics/reports/{id}/pdf", ReadCustomReport.Pdf).Needs(CmaPermissions.Read).AnswersFile("application/pdf");
        cma.MapGet("/analytics/summary", GetUsage.Handle).Needs(CmaPermissions.Read);
        api.MapGet("/analytics/insights/market", GetMarketInsights.Handle).Needs(CmaPermissions.Read);
        api.MapGet("/analytics/market/insights", GetMarketInsights.Handle).Needs(CmaPermissions.Read);
        return app;
    }

    /// <summary>Runs the operators' verb <c>market …</c> if these are its words; null otherwise, else the exit code.</summary>
    public static async Task<int?> RunMarketVerbAsync(this IServiceProvider services, string[] args, CancellationToken ct) =>
        args is ["market", .. var words]
            ? await ActivatorUtilities.CreateInstance<MarketCommand>(services, Console.Out).RunAsync(words, ct) : null;
}
