using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Social.Analytics;
using RealEstateOs.Social.Campaigns;
using RealEstateOs.Social.Hashtags;
using RealEstateOs.Social.Planning;
using RealEstateOs.Social.Posts;
using RealEstateOs.Social.Publishing;
using RealEstateOs.Social.Schedule;

namespace RealEstateOs.Social;

/// <summary>Posts on social networks: written, planned, published once, measured.</summary>
public static class SocialModule
{
    public static IServiceCollection AddSocial(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<SocialDb>(SocialDb.Name)
        .AddScoped<ILeadMergeFollower, FollowMergedLeads>()
        .AddScoped<Briefs>()
        .AddScoped<NewPosts>()
        .AddScoped<PostPictures>()
        .AddScoped<PostRules>()
        .AddScoped<PostingTimes>()
        .AddScoped<Budgets>()
        .AddScoped<CampaignPlanner>()
        .AddPermissions(SocialPermissions.All);

    public static IEndpointRouteBuilder MapSocial(this IEndpointRouteBuilder app)
    {
        var social = app.MapApi("Social").MapGroup("/social");
        social.MapPost("/hashtags/research", ResearchHashtags.Handle).Needs(SocialPermissions.Read);
        social.MapGet("/schedule/upcoming", GetUpcomingPosts.Handle).Needs(SocialPermissions.Read);
        social.MapGet("/analytics/summary", SocialSummary.Handle).Needs(SocialPermissions.Read);

        var posts = social.MapGroup("/posts");
        posts.MapGet("/", PostRecords.List).Needs(SocialPermissions.Read);
        posts.MapPost("/", CreatePosts.Handle).Needs(SocialPermissions.Create);
        posts.MapGet("/{id}", PostRecords.Get).Needs(SocialPermissions.Read);
        posts.MapPut("/{id}", PostRecords.Update).Needs(SocialPermissions.Update);
        posts.MapPatch("/{id}", PostRecords.Update).Needs(SocialPermissions.Update);
        posts.MapDelete("/{id}", PostRecords.Delete).Needs(SocialPermissions.Delete);
        posts.MapGet("/{id}/preview", PostRecords.Preview).Needs(SocialPermissions.Read);
        posts.MapPost("/{id}/publish", PublishPost.Handle).Needs(SocialPermissions.Publish);

        var campaigns = social.MapGroup("/campaigns");
        campaigns.MapGet("/", CampaignRecords.List).Needs(SocialPermissions.Read);
        campaigns.MapPost("/", CreateCampaign.Handle).Needs(SocialPermissions.Create);
        campaigns.MapGet("/{id}", CampaignRecords.Get).Needs(SocialPermissions.Read);
        campaigns.MapPut("/{id}", CampaignRecords.Update).Needs(SocialPermissions.Update);
        campaigns.MapPatch("/{id}", CampaignRecords.Update).Needs(SocialPermissions.Update);
        campaigns.MapPost("/{id}/shift", CampaignRecords.Shift).Needs(SocialPermissions.Update);
        campaigns.MapPost("/{id}/pause", CampaignRecords.Pause).Needs(SocialPermissions.Update);
        campaigns.MapPost("/{id}/resume", CampaignRecords.Resume).Needs(SocialPermissions.Update);
        campaigns.MapPost("/{id}/cancel", CampaignRecords.Cancel).Needs(SocialPermissions.Update);
        return app;
    }
}

internal static class SocialPermissions
{
    public const string Read = "social:read", Create = "social:create", Update = "social:update", Delete = "social:delete", Publish = "social:publish", Connect = "social:connect";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See posts, campaigns and figures of social networks", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Write posts and plan campaigns for social networks", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change posts and campaigns of social networks", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete posts that have not left", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Publish, "Publish posts at once", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Connect, "Connect accounts of social networks", DefaultRoles.Manager),
    ];
}
