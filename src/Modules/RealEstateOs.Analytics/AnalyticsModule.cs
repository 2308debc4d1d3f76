using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Analytics.Agents;
using RealEstateOs.Analytics.Daily;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics;

/// <summary>Figures of people and of the office, counted in the views that the other modules publish for reports, and the morning mail.</summary>
public static class AnalyticsModule
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<AnalyticsDb>(AnalyticsDb.Name).AddPermissions(AnalyticsPermissions.All);
        services.AddOptions<DailyReportOptions>().Bind(configuration.GetSection("DailyReport")).ValidateDataAnnotations().ValidateOnStart();
        services.AddRecurringJob<SendDailyReports>(SendDailyReports.Kind, "0 1/15 * * * ?", queue: "reports");
        services.AddScoped<OfficeFigures>();
        return services;
    }

    public static IEndpointRouteBuilder MapAnalytics(this IEndpointRouteBuilder app)
    {
        var api = app.MapApi("Analytics");
        var cma = api.MapGroup("/cma/analytics");
        cma.MapGet("/dashboard/overview", GetAgentDashboard.Handle).Needs(AnalyticsPermissions.Read);
        cma.MapGet("/performance/{id}", GetPerformance.Handle).Needs(AnalyticsPermissions.Read);
        return app;
    }
}
