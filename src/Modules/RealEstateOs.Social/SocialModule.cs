using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.RateLimits;
using RealEstateOs.Platform.Workflows;
using RealEstateOs.Social.Accounts;
using RealEstateOs.Social.Analytics;
using RealEstateOs.Social.Campaigns;
using RealEstateOs.Social.Hashtags;
using RealEstateOs.Social.Networks;
using RealEstateOs.Social.PackageSteps;
using RealEstateOs.Social.Planning;
using RealEstateOs.Social.Posts;
using RealEstateOs.Social.Publishing;
using RealEstateOs.Social.Schedule;
using RealEstateOs.Social.SignIn;

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
        .AddScoped<SocialLaunch>()
        .AddScoped<ISocialLaunch>(scope => scope.GetRequiredService<SocialLaunch>())
        .AddScoped<IPostAttribution, PostAttribution>()
        .AddRowImporter<InsightImporter>()
        .AddWorkflowStep<SocialMediaContent, SocialContentInput>(
            "social_media_content", "Social media content", "Writes a draft for each network from the property's facts.",
            SocialPermissions.Create)
        .AddSingleton<TokenSeal>()
        .AddScoped<AccountBook>()
        .AddSingleton<AccountTokens>()
        .AddSingleton<AccountDesk>()
        .AddSingleton<PostStore>()
        .AddSingleton<INetwork, Instagram>()
        .AddSingleton<INetwork, FacebookPage>()
        .AddSingleton<INetwork, Linkedin>()
        .AddSingleton<INetwork, XNetwork>()
        .AddSingleton<SignInSeal>()
        .AddSingleton<INetworkSignIn, MetaSignIn>()
        .AddSingleton<INetworkSignIn, LinkedinSignIn>()
        .AddSingleton<INetworkSignIn, XSignIn>()
        .AddScoped<PostMedia>()
        .AddScoped<PostPublisher>()
        .AddScoped<PostGate>()
        .AddNetworkClients(configuration)
        .AddJob<PublishDue, DuePosts>(PublishDue.Kind, queue: "social", concurrency: 4, maxAttempts: 20, announced: false,
            permission: SocialPermissions.Read)
        .AddRecurringJob<SweepPosts>(SweepPosts.Kind, configuration["Social:Schedule"] ?? "1/20 * * * * ?")
        .AddJob<CollectInsights, PostsToMeasure>(CollectInsights.Kind, queue: "social", concurrency: 1, announced: false,
            permission: SocialPermissions.Read)
        .AddRecurringJob<SweepInsights>(SweepInsights.Kind, configuration["Social:InsightsSchedule"] ?? "30 7 * * * ?")
        .AddPermissions(SocialPermissions.All);

    private static IServiceCollection AddNetworkClients(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SocialOptions>().Bind(configuration.GetSection(SocialOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        foreach (var (name, lifetime) in new[] { (NetworkClient.Pooled, TimeSpan.FromMinutes(2)), (NetworkClient.Once, TimeSpan.Zero) })
            services.AddHttpClient(name, http => http.Timeout = Timeout.InfiniteTimeSpan)
                .ConfigurePrimaryHttpMessageHandler(
                    () => new SocketsHttpHandler { PooledConnectionLifetime = lifetime, AllowAutoRedirect = false, UseCookies = false });
        return services;
    }

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
        posts.MapMethods("/{id}", ApiGroup.PutAndPatch, PostRecords.Update).Needs(SocialPermissions.Update);
        posts.MapDelete("/{id}", PostRecords.Delete).Needs(SocialPermissions.Delete);
        posts.MapPost("/{id}/rewrite", RewritePost.Handle).Needs(SocialPermissions.Update)
            .WithMetadata(new ConnectionPolicy(HoldsNone: true));
        posts.MapGet("/{id}/preview", PostRecords.Preview).Needs(SocialPermissions.Read);
        posts.MapPost("/{id}/publish", PublishPost.Handle).Needs(SocialPermissions.Publish);

        posts.MapGet("/{id}/status", PublishPost.Status).Needs(SocialPermissions.Read);
        posts.MapPost("/{id}/resolve", PublishPost.Resolve).Needs(SocialPermissions.Publish);
        posts.MapPost("/{id}/leads", AttributeLead.Handle).Needs(SocialPermissions.Update);
        posts.MapPost("/{id}/cancel", PublishPost.Cancel).Needs(SocialPermissions.Update);

        var accounts = social.MapGroup("/accounts");
        accounts.MapGet("/", AccountRecords.List).NeedsInFull(SocialPermissions.Read);
        accounts.MapPost("/", AccountRecords.Connect).NeedsInFull(SocialPermissions.Connect);
        accounts.MapPost("/sign-in", StartSignIn.Handle).NeedsInFull(SocialPermissions.Connect);
        accounts.MapPost("/callback", FinishSignIn.Handle).NeedsInFull(SocialPermissions.Connect)
            .WithMetadata(new ConnectionPolicy(HoldsNone: true));
        accounts.MapDelete("/{id}", AccountRecords.Disconnect).NeedsInFull(SocialPermissions.Connect);

        var campaigns = social.MapGroup("/campaigns");
        campaigns.MapGet("/", CampaignRecords.List).Needs(SocialPermissions.Read);
        campaigns.MapPost("/", CreateCampaign.Handle).Needs(SocialPermissions.Create);
        campaigns.MapGet("/{id}", CampaignRecords.Get).Needs(SocialPermissions.Read);
        campaigns.MapMethods("/{id}", ApiGroup.PutAndPatch, CampaignRecords.Update).Needs(SocialPermissions.Update);
        campaigns.MapPost("/{id}/shift", CampaignRecords.Shift).Needs(SocialPermissions.Update);
        campaigns.MapPost("/{id}/pause", CampaignRecords.Pause).Needs(SocialPermissions.Update);
        campaigns.MapPost("/{id}/resume", CampaignRecords.Resume).Needs(SocialPermissions.Update);
        campaigns.MapPost("/{id}/cancel", CampaignRecords.Cancel).Needs(SocialPermissions.Update);

        app.MapGet(SignInPage.Route, SignInPage.Handle).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods(TrackedLink.Route, ["GET", "HEAD"], FollowLink.Handle).AllowAnonymous().ExcludeFromDescription().WithoutRateLimit();
        return app;
    }
}

internal static class SocialPermissions
{
    public const string Read = "social:read", Create = "social:create", Update = "social:update", Delete = "social:delete",
        Publish = "social:publish", Connect = "social:connect";

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
