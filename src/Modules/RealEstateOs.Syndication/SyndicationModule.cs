using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Workflows;
using RealEstateOs.Syndication.Feeds;
using RealEstateOs.Syndication.PackageSteps;
using RealEstateOs.Syndication.Portals;

namespace RealEstateOs.Syndication;

/// <summary>Listings on portals: feeds that they read, and Property Finder's API.</summary>
public static class SyndicationModule
{
    public static IServiceCollection AddSyndication(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<SyndicationDb>(SyndicationDb.Name)
        .AddScoped<FeedDesk>()
        .AddPropertyFinder(configuration)
        .AddWorkflowStep<ListingAdvice, AdvisedListing>(
            "listing_optimization", "Listing optimization", "Says what portals would rank higher: title, description, photographs, place.",
            SyndicationPermissions.Read)
        .AddWorkflowStep<PortalCheck, AdvisedListing>(
            "portal_check", "Portal check", "Says for each portal of the listing whether it is taken, and if not, why.",
            SyndicationPermissions.Read);

    private static IServiceCollection AddPropertyFinder(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PropertyFinderOptions>().Bind(configuration.GetSection(PropertyFinderOptions.Section))
            .Validate(o => o.CallTimeout > TimeSpan.Zero && o.FirstLook > TimeSpan.Zero, "PropertyFinder: times must be above zero.")
            .ValidateOnStart();
        services.AddHttpClient(PropertyFinderClient.Http, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(
                () => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, AllowAutoRedirect = false, UseCookies = false });
        return services
            .AddSingleton<PortalSeal>().AddSingleton<PortalTokens>().AddScoped<PropertyFinderClient>().AddScoped<PortalWork>()
            .AddScoped<IAdvertFollower>(scope => scope.GetRequiredService<PortalWork>())
            .AddEventHandler<FollowProperties, PropertyUpdated>(FollowProperties.Subscription)
            .AddEventHandler<FollowProperties, PropertyDeleted>(FollowProperties.Subscription)
            .AddJob<PublishListing, ListingToBring>(PublishListing.Kind, queue: "portals", concurrency: 2, maxAttempts: 10,
                permission: SyndicationPermissions.Read)
            .AddJob<CheckListings, ListingsToCheck>(CheckListings.Kind, queue: "portals", concurrency: 1, announced: false,
                permission: SyndicationPermissions.Read)
            .AddRecurringJob<SweepPortals>(SweepPortals.Kind, "0 41 2 * * ?");
    }

    public static IEndpointRouteBuilder MapSyndication(this IEndpointRouteBuilder app)
    {
        var marketing = app.MapApi("Marketing").MapGroup("/marketing"); // to clients it is a part of marketing
        marketing.MapGet("/feeds", FeedEndpoints.List).NeedsInFull(SyndicationPermissions.Read);
        marketing.MapPost("/feeds", FeedEndpoints.Create).NeedsInFull(SyndicationPermissions.Launch);
        marketing.MapDelete("/feeds/{id}", FeedEndpoints.Revoke).NeedsInFull(SyndicationPermissions.Launch);
        marketing.MapGet("/feeds/{portal}/rejects", FeedEndpoints.Rejects).NeedsInFull(SyndicationPermissions.Read);

        var portal = marketing.MapGroup("/portals/property_finder");
        portal.MapGet("/account", PortalAccounts.Get).NeedsInFull(SyndicationPermissions.Read).WithName("getPropertyFinderAccount");
        portal.MapPut("/account", PortalAccounts.Connect).NeedsInFull(SyndicationPermissions.Launch).WithName("connectPropertyFinder");
        portal.MapDelete("/account", PortalAccounts.Disconnect).NeedsInFull(SyndicationPermissions.Launch)
            .WithName("disconnectPropertyFinder");
        portal.MapGet("/locations", PortalAccounts.Locations).NeedsInFull(SyndicationPermissions.Read)
            .WithName("searchPropertyFinderLocations");
        portal.MapGet("/listings", PortalListings.List).NeedsInFull(SyndicationPermissions.Read).WithName("listPropertyFinderListings");
        portal.MapGet("/listings/{propertyId}", PortalListings.Get).Needs(SyndicationPermissions.Read).WithName("getPropertyFinderListing");
        portal.MapPost("/listings/{propertyId}/publish", PortalListings.Publish).NeedsInFull(SyndicationPermissions.Launch)
            .WithName("publishOnPropertyFinder");
        portal.MapPost("/listings/{propertyId}/unpublish", PortalListings.Unpublish).NeedsInFull(SyndicationPermissions.Launch)
            .WithName("unpublishOnPropertyFinder");

        app.MapGet("/feeds/{token}/listings.{form}", PublicFeeds.Read).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/feeds/{token}/photos/{property:long}-{number:int}.jpg", PublicFeeds.Photo).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/portals/{token}/events", PortalDoor.Receive).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/portals/{token}/photos/{property:long}-{number:int}.jpg", PortalDoor.Photo).AllowAnonymous()
            .ExcludeFromDescription();
        return app;
    }
}

/// <summary>Marketing's, which defines them: who advertises also says where.</summary>
internal static class SyndicationPermissions
{
    public const string Read = "marketing:read", Launch = "marketing:launch";
}
