using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Operations.Database;
using RealEstateOs.Operations.DeadLetters;
using RealEstateOs.Operations.Notices;
using RealEstateOs.Operations.Page;
using RealEstateOs.Operations.Performance;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Operations;

/// <summary>
/// What operators need: dead letters, runtime figures, care of the database, the dashboard <c>/hangfire</c>; and mails about what others
/// did with a person's leads and deals.
/// </summary>
public static class OperationsModule
{
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<OperationsDb>(OperationsDb.Name).AddPermissions(OperationsPermissions.All);
        services.AddOperatorSession();
        if (configuration.GetValue("Notices:Mails", true))
            services.AddEventHandler<KeepNotices, LeadAssigned>(KeepNotices.Subscription).AddEventHandler<KeepNotices, DealStageChanged>(
                KeepNotices.Subscription);
        services.AddRecurringJob<MailNotices>(MailNotices.Kind, "10 * * * * ?");
        return services
            .AddJob<OptimizeDatabase, NoInput>(OptimizeDatabase.Kind, queue: "maintenance", concurrency: 1, maxAttempts: 2,
                timeout: TimeSpan.FromHours(2))
            .AddJob<CheckOwnRecords, NoInput>(CheckOwnRecords.Kind, queue: "maintenance", concurrency: 1, maxAttempts: 2,
                timeout: TimeSpan.FromMinutes(10))
            .AddJob<RebuildSearchIndexes, NoInput>(RebuildSearchIndexes.Kind, queue: "maintenance", concurrency: 1, maxAttempts: 2,
                timeout: TimeSpan.FromHours(2));
    }

    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder app)
    {
        var api = app.MapApi("Operations");

        var dlq = api.MapGroup("/admin/dlq");
        dlq.MapGet("/stats", GetDeadLetterStats.Handle).NeedsInFull(OperationsPermissions.Read);
        dlq.MapGet("/", ListDeadLetters.Handle).NeedsInFull(OperationsPermissions.Read);
        dlq.MapPost("/replay-bulk", ReplayInBulk.Handle).NeedsInFull(OperationsPermissions.Manage);
        dlq.MapPost("/{id}/replay", ReplayDeadLetter.Handle).NeedsInFull(OperationsPermissions.Manage);
        dlq.MapDelete("/{id}", DeleteDeadLetter.Handle).NeedsInFull(OperationsPermissions.Manage);

        api.MapGet("/performance/runtime", GetRuntime.Handle).NeedsInFull(OperationsPermissions.Read);
        api.MapGet("/performance/celery", GetQueues.Handle).NeedsInFull(OperationsPermissions.Read);

        api.MapGet("/database/plan", GetPlan.Handle).NeedsInFull(OperationsPermissions.Read);
        api.MapPost("/database/optimize", OptimizeDatabase.Handle).NeedsInFull(OperationsPermissions.Manage).Counts(Quota.Maintenance);
        api.MapPost("/search/reindex", RebuildSearchIndexes.Handle).NeedsInFull(OperationsPermissions.Manage).Counts(Quota.Maintenance);

        app.MapDashboard();
        return app;
    }
}
