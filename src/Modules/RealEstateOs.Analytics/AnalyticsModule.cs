using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Analytics.Agents;
using RealEstateOs.Analytics.Daily;
using RealEstateOs.Analytics.Dashboards;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Analytics.Goals;
using RealEstateOs.Analytics.Health;
using RealEstateOs.Analytics.Reports;
using RealEstateOs.Analytics.Rollups;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Analytics;

/// <summary>Figures of people and of the office, counted in the views that the other modules publish for reports, and the morning
/// mail.</summary>
public static class AnalyticsModule
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<AnalyticsDb>(AnalyticsDb.Name).AddPermissions(AnalyticsPermissions.All);
        services.AddOptions<DailyReportOptions>().Bind(configuration.GetSection("DailyReport")).ValidateDataAnnotations().ValidateOnStart();
        services.AddRecurringJob<RollUpFigures>(RollUpFigures.Kind, "20 * * * * ?", queue: "reports");
        services.AddRecurringJob<SendDailyReports>(SendDailyReports.Kind, "0 1/15 * * * ?", queue: "reports");
        services.AddScoped<OfficeFigures>().AddScoped<PeopleResults>().AddScoped<FactReader>().AddScoped<FigureDesk>().AddScoped<WonDeals>()
            .AddScoped<PropertyFigures>().AddScoped<LeadFigures>().AddScoped<DealFigures>().AddScoped<RevenueFigures>()
            .AddScoped<CampaignFigures>().AddScoped<OfficeDashboard>().AddScoped<ActivityFigures>().AddScoped<AutomationFigures>()
            .AddScoped<GoalProgress>().AddScoped<Overview>().AddScoped<Engagement>().AddScoped<OfficePerformance>().AddScoped<Teams>();
        services.AddSingleton<Traffic>().AddHostedService(provider => provider.GetRequiredService<Traffic>());
        services.AddScoped<MetricCatalogue>().AddScoped<Segments>().AddScoped<FigureReportWriter>().AddScoped<FigureReports>()
            .AddSingleton<ReportFiles>();
        services.AddJob<MakeFigureReport, FigureReportInput>(
            MakeFigureReport.Kind, queue: "reports", concurrency: 3, timeout: TimeSpan.FromMinutes(5), show: MakeFigureReport.Show,
            awaited: true);
        services.AddRecurringJob<SendScheduledReports>(SendScheduledReports.Kind, "0 7/15 * * * ?", queue: "reports");
        return services;
    }

    public static IEndpointRouteBuilder MapAnalytics(this IEndpointRouteBuilder app)
    {
        var api = app.MapApi("Analytics");
        var analytics = api.MapGroup("/analytics");
        analytics.MapGet("/dashboard", GetDashboard.Handle).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/summary", GetDashboard.Summary).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/properties", FigureEndpoints.Properties).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/leads", FigureEndpoints.Leads).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/deals", FigureEndpoints.Deals).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/campaigns", FigureEndpoints.Campaigns).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/revenue", FigureEndpoints.Revenue).Needs(AnalyticsPermissions.Read);

        analytics.MapGet("/dashboard/overview", GetOverview.Handle).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/dashboard/widgets/{type}", GetWidget.Handle).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/engagement", GetEngagement.Handle).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/performance", PerformanceEndpoints.Handle).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/performance/agent/{id}", GetAgentComparison.Handle).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/benchmarks", PerformanceEndpoints.Benchmarks).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/health/system", GetSystemHealth.Handle).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/goals", GoalEndpoints.List).Needs(AnalyticsPermissions.Read);
        analytics.MapPost("/goals", GoalEndpoints.Create).Needs(AnalyticsPermissions.Goals);
        analytics.MapGet("/goals/{id}", GoalEndpoints.Get).Needs(AnalyticsPermissions.Read);
        analytics.MapMethods("/goals/{id}", ApiGroup.PutAndPatch, GoalEndpoints.Update).Needs(AnalyticsPermissions.Goals);
        analytics.MapDelete("/goals/{id}", GoalEndpoints.Delete).Needs(AnalyticsPermissions.Goals);

        analytics.MapPost("/reports/custom", ReportEndpoints.Custom).Needs(AnalyticsPermissions.Create).Counts(Quota.Reports);
        analytics.MapPost("/reports/generate", ReportEndpoints.Generate).Needs(AnalyticsPermissions.Create).Counts(Quota.Reports);
        api.MapPost("/reports/performance", ReportEndpoints.Performance).Needs(AnalyticsPermissions.Create).Counts(Quota.Reports);
        analytics.MapGet("/reports", ReportEndpoints.List).Needs(AnalyticsPermissions.Read);
        analytics.MapGet("/reports/{id}", ReportEndpoints.Get).Needs(AnalyticsPermissions.Read);
        analytics.MapDelete("/reports/{id}/schedule", ReportEndpoints.EndSchedule).Needs(AnalyticsPermissions.Create);

        var cma = api.MapGroup("/cma/analytics");
        cma.MapGet("/dashboard/overview", GetAgentDashboard.Handle).Needs(AnalyticsPermissions.Read);
        cma.MapGet("/performance/{id}", GetPerformance.Handle).Needs(AnalyticsPermissions.Read);
        return app;
    }
}
