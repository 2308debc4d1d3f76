using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Marketing.Campaigns;
using RealEstateOs.Marketing.Outreach;
using RealEstateOs.Marketing.Sample;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.RateLimits;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Marketing;

/// <summary>Campaigns by e-mail and text message; sequences that nurture leads.</summary>
public static class MarketingModule
{
    public static IServiceCollection AddMarketing(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<MarketingDb>(MarketingDb.Name)
        .AddScoped<ISampleData, SampleCampaign>()
        .AddScoped<CampaignMessages>()
        .AddScoped<IMessageOwner, RecipientMessages>()
        .AddSingleton<TrackedLinks>()
        .AddSingleton<Letters>()
        .AddScoped<LastCheck>()
        .AddJob<DeliverCampaign, CampaignToSend>(DeliverCampaign.Kind, queue: "campaigns", concurrency: 2, maxAttempts: 20)
        .AddJob<WatchCampaign, CampaignToSend>(WatchCampaign.Kind, queue: "campaigns", concurrency: 2, maxAttempts: 20, announced: false)
        .AddPermissions(MarketingPermissions.All)
        .AddNurturing(configuration);

    public static IEndpointRouteBuilder MapMarketing(this IEndpointRouteBuilder app)
    {
        var campaigns = app.MapApi("Campaigns").MapGroup("/campaigns");
        campaigns.MapGet("/", CampaignRecords.List).Needs(MarketingPermissions.Read);
        campaigns.MapPost("/", CampaignRecords.Create).Needs(MarketingPermissions.Create);
        campaigns.MapGet("/stats", CampaignStats.Handle).Needs(MarketingPermissions.Read);
        campaigns.MapGet("/{id}", CampaignRecords.Get).Needs(MarketingPermissions.Read);
        campaigns.MapPut("/{id}", CampaignRecords.Update).Needs(MarketingPermissions.Update);
        campaigns.MapPatch("/{id}", CampaignRecords.Update).Needs(MarketingPermissions.Update);
        campaigns.MapDelete("/{id}", CampaignRecords.Delete).Needs(MarketingPermissions.Delete);
        campaigns.MapPost("/{id}/restore", CampaignRecords.Restore).Needs(MarketingPermissions.Delete);
        campaigns.MapPost("/{id}/send", SendCampaign.Handle).Needs(MarketingPermissions.Send);
        campaigns.MapPost("/{id}/pause", SendCampaign.Pause).Needs(MarketingPermissions.Send);
        campaigns.MapPost("/{id}/resume", SendCampaign.Resume).Needs(MarketingPermissions.Send);
        campaigns.MapPost("/{id}/cancel", SendCampaign.Cancel).Needs(MarketingPermissions.Send);
        campaigns.MapGet("/{id}/recipients", CampaignRecipients.List).Needs(MarketingPermissions.Read);

        var templates = campaigns.MapGroup("/templates");
        templates.MapGet("/", CampaignTemplates.List).Needs(MarketingPermissions.Read);
        templates.MapPost("/", CampaignTemplates.Create).Needs(MarketingPermissions.Create);
        templates.MapGet("/{id}", CampaignTemplates.Get).Needs(MarketingPermissions.Read);
        templates.MapPut("/{id}", CampaignTemplates.Update).Needs(MarketingPermissions.Update);
        templates.MapPatch("/{id}", CampaignTemplates.Update).Needs(MarketingPermissions.Update);
        templates.MapDelete("/{id}", CampaignTemplates.Delete).Needs(MarketingPermissions.Delete);

        app.MapGet("/u/{token}", Unsubscribe.Page).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/u/{token}", Unsubscribe.Confirm).AllowAnonymous().ExcludeFromDescription().WithoutRateLimit();
        app.MapGet("/c/{token}/{link:int}", Tracking.Click).AllowAnonymous().ExcludeFromDescription().WithoutRateLimit();
        app.MapGet("/o/{token}", Tracking.Open).AllowAnonymous().ExcludeFromDescription().WithoutRateLimit();
        return app.MapNurturing();
    }
}

internal static class MarketingPermissions
{
    public const string Read = "campaigns:read", Create = "campaigns:create", Update = "campaigns:update", Delete = "campaigns:delete", Send = "campaigns:send";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See campaigns", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add campaigns", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change campaigns", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete and restore campaigns", DefaultRoles.Manager),
        new(Send, "Send, pause and cancel campaigns", DefaultRoles.Manager),
    ];
}
