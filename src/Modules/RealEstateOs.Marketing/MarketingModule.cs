using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Analytics;
using RealEstateOs.Marketing.Approvals;
using RealEstateOs.Marketing.Assets;
using RealEstateOs.Marketing.Campaigns;
using RealEstateOs.Marketing.Compliance;
using RealEstateOs.Marketing.LandingPages;
using RealEstateOs.Marketing.PackageSteps;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Marketing.Templates;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing;

/// <summary>Advertising of properties: packages, their files, reviews, the market's rules, landing pages.</summary>
public static class MarketingModule
{
    public static IServiceCollection AddMarketing(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<MarketingDb>(MarketingDb.Name)
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)) // Arabic stays readable in what components write
        .AddSingleton<AdPages>()
        .AddSingleton<AdMails>()
        .AddSingleton<TemplatePreviews>()
        .AddScoped<TemplateDesk>()
        .AddScoped<Designs>()
        .AddScoped<PhotoSizes>()
        .AddScoped<IAdvertPictures>(scope => scope.GetRequiredService<PhotoSizes>())
        .AddScoped<IAdvertFacts, AdvertFactsReader>()
        .AddScoped<IAdverts, AdvertsReader>()
        .AddScoped<IAdvertIdentity, AdvertIdentities>()
        .AddScoped<ILandingPages, LandingPageAddresses>()
        .AddScoped<AdSubjects>()
        .AddScoped<NewCampaigns>()
        .AddScoped<AssetOrders>()
        .AddScoped<AssetPress>()
        .AddScoped<AssetLinks>()
        .AddScoped<LandingPageWriter>()
        .AddScoped<ILeadMergeFollower, FollowMergedLeads>()
        .AddScoped<CampaignFigures>()
        .AddScoped<Distributors>()
        .AddScoped<Packages>()
        .AddScoped<IMarketingPackages>(scope => scope.GetRequiredService<Packages>())
        .AddScoped<IAdvertisingRules, AdvertisingRules>()
        .AddJob<MakeAssets, AssetsToMake>(MakeAssets.Kind, queue: "assets", concurrency: 2, maxAttempts: 10,
            permission: MarketingPermissions.Read, awaited: true)
        .AddMarketingSteps()
        .AddPermissions(MarketingPermissions.All);

    public static IEndpointRouteBuilder MapMarketing(this IEndpointRouteBuilder app)
    {
        var marketing = app.MapApi("Marketing").MapGroup("/marketing");
        marketing.MapGet("/templates", TemplateRecords.List).Needs(MarketingPermissions.Read).WithName("listMarketingTemplates");
        marketing.MapPost("/templates", TemplateRecords.Create).NeedsInFull(MarketingPermissions.Create)
            .WithName("createMarketingTemplate");
        marketing.MapGet("/templates/{id}", TemplateRecords.Get).Needs(MarketingPermissions.Read).WithName("getMarketingTemplate");
        marketing.MapPut("/templates/{id}", TemplateRecords.Update).NeedsInFull(MarketingPermissions.Update)
            .WithName("putMarketingTemplate");
        marketing.MapPatch("/templates/{id}", TemplateRecords.Update).NeedsInFull(MarketingPermissions.Update)
            .WithName("patchMarketingTemplate");
        marketing.MapDelete("/templates/{id}", TemplateRecords.Delete).NeedsInFull(MarketingPermissions.Delete)
            .WithName("deleteMarketingTemplate");
        marketing.MapPost("/templates/{id}/restore", TemplateRecords.Restore).NeedsInFull(MarketingPermissions.Delete)
            .WithName("restoreMarketingTemplate");
        marketing.MapGet("/analytics/summary", MarketingSummary.Handle).Needs(MarketingPermissions.Read);
        marketing.MapGet("/assets/{jobId}/status", GetGenerationStatus.Handle).Needs(MarketingPermissions.Read);

        var campaigns = marketing.MapGroup("/campaigns");
        campaigns.MapGet("/", MarketingCampaignRecords.List).Needs(MarketingPermissions.Read);
        campaigns.MapPost("/", MarketingCampaignRecords.Create).Needs(MarketingPermissions.Create);
        campaigns.MapPost("/full-package", CreatePackage.Handle).Needs(MarketingPermissions.Create);
        campaigns.MapGet("/{id}", MarketingCampaignRecords.Get).Needs(MarketingPermissions.Read);
        campaigns.MapMethods("/{id}", ApiGroup.PutAndPatch, MarketingCampaignRecords.Update).Needs(MarketingPermissions.Update);
        campaigns.MapDelete("/{id}", MarketingCampaignRecords.Delete).Needs(MarketingPermissions.Delete);
        campaigns.MapPost("/{id}/restore", MarketingCampaignRecords.Restore).Needs(MarketingPermissions.Delete);
        campaigns.MapGet("/{id}/status", GetPackageStatus.Handle).Needs(MarketingPermissions.Read);
        campaigns.MapPost("/{id}/assets/generate", GenerateAssets.Handle).Needs(MarketingPermissions.Update);
        campaigns.MapPost("/{id}/approval", ReviewCampaign.Handle).Needs(MarketingPermissions.Update);
        campaigns.MapGet("/{id}/approvals", ReviewCampaign.List).Needs(MarketingPermissions.Read);
        campaigns.MapGet("/{id}/compliance", CheckCampaign.Handle).Needs(MarketingPermissions.Read);
        campaigns.MapPost("/{id}/launch", LaunchCampaign.Handle).Needs(MarketingPermissions.Launch);
        campaigns.MapPost("/{id}/expenses", Expenses.Add).Needs(MarketingPermissions.Update);
        campaigns.MapGet("/{id}/expenses", Expenses.List).Needs(MarketingPermissions.Read);

        marketing.MapGet("/compliance/rules", ListRules.Handle).Needs(MarketingPermissions.Read).WithName("listComplianceRules");
        marketing.MapGet("/adverts/{propertyId}", AdvertEndpoints.Get).Needs(MarketingPermissions.Read);
        marketing.MapPut("/adverts/{propertyId}", AdvertEndpoints.Put).Needs(MarketingPermissions.Update);
        marketing.MapGet("/agents/{userId}", AgentEndpoints.Get).NeedsInFull(MarketingPermissions.Read);
        marketing.MapPut("/agents/{userId}", AgentEndpoints.Put).NeedsInFull(MarketingPermissions.Update);
        marketing.MapGet("/settings", SettingsEndpoints.Get).NeedsInFull(MarketingPermissions.Read);
        marketing.MapPut("/settings", SettingsEndpoints.Put).NeedsInFull(MarketingPermissions.Approve);

        var pages = app.MapGroup("/p/{token}").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/", PublicPages.Show);
        pages.MapGet("/photos/{number:int}-{width:int}.jpg", PublicPages.Photo);
        pages.MapGet("/logo.png", PublicPages.Logo);
        pages.MapGet("/permit.png", PublicPages.Permit);
        pages.MapGet("/card.jpg", PublicPages.Card);
        pages.MapPost("/viewing", RequestViewing.Handle);
        app.MapGet("/marketing/previews/{name}.jpg", TemplatePreviews.Handle).AllowAnonymous().ExcludeFromDescription();
        return app;
    }
}

internal static class MarketingPermissions
{
    public const string Read = "marketing:read", Create = "marketing:create", Update = "marketing:update", Delete = "marketing:delete",
        Approve = "marketing:approve", Launch = "marketing:launch";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See marketing campaigns and their files", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add marketing campaigns and packages", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change marketing campaigns, make their files, submit them for review", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete and restore marketing campaigns", DefaultRoles.Manager),
        new(Approve, "Review marketing campaigns", DefaultRoles.Manager),
        new(Launch, "Launch approved marketing campaigns", DefaultRoles.Manager),
    ];
}
