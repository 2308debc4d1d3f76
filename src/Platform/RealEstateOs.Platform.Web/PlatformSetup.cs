using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RealEstateOs.Platform.Audit;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Events.Live;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Observability;
using RealEstateOs.Platform.OpenApi;
using RealEstateOs.Platform.Outgoing;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.RateLimits;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;
using RealEstateOs.Platform.Tenancy;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Platform;

/// <summary>What every module stands on, as services and as the request pipeline.</summary>
public static class PlatformSetup
{
    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<JsonOptions>(options => Json.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddPlatformCaching(configuration);
        services.AddPlatformRateLimits(configuration);
        services.AddPlatformObservability(configuration);
        var jwt = JwtSettings.Load(configuration, builder.Environment);
        services.AddPlatformAuthentication(jwt);
        services.AddSingleton(SecretBox.Load(configuration, jwt)).AddSingleton<PublicAddress>();
        services.AddPlatformPersistence(configuration);
        services.AddPlatformEvents(configuration);
        services.AddLiveEvents();
        services.AddPlatformJobs(configuration).AddCleanups();
        services.AddSingleton<WorkflowSteps>();
        services.AddPlatformMessaging(configuration);
        services.AddPlatformContacts();
        services.AddPlatformStorage(configuration);
        services.AddPlatformRendering(configuration);
        services.AddPlatformOutgoing(configuration);
        services.AddPlatformOpenApi(configuration);
        services.AddPlatformCompression().AddBrowserRules(configuration, builder.Environment);
        ValidatorOptions.Global.DefaultRuleLevelCascadeMode = CascadeMode.Stop;
        return builder;
    }

    /// <summary>The request pipeline, from the outside in.</summary>
    public static WebApplication UsePlatform(this WebApplication app)
    {
        app.UseForwardedClients();
        app.UseRequestLog();
        app.UseHeadAsGet();
        app.UsePlatformCompression();
        app.UseProblems();
        app.UseApiPages();
        app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.UseRouting();
        app.UseBrowserRules();
        app.Use((context, next) => context.GetEndpoint() is null ? throw Problem.NotFound("Resource") : next(context));
        app.UseChangeOrigin();
        app.UseAuthentication();
        app.UseWhoAsks();
        app.UsePlatformRateLimits();
        app.UseAuthorization();
        app.UseIdBinding();
        app.UseOfficeTime();
        app.UseUnknownParameters();
        return app;
    }

    private static void AddPlatformPersistence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => DataSources.Create(
            configuration.GetConnectionString("App") ?? throw new InvalidOperationException("ConnectionStrings:App is missing."),
            configuration.GetConnectionString("System") ?? throw new InvalidOperationException("ConnectionStrings:System is missing."),
            configuration.GetValue("Database:MaxPoolSize", 16)));
        services.AddModuleDb<AuditDb>("platform");
        services.AddPermissions(new PermissionDefinition(AuditPermissions.Read, "Read the audit log", DefaultRoles.Manager));
        services.AddSingleton<MigrationRunner>();
        services.AddSingleton<TagCache>().AddSingleton<IVersionTracker>(provider => provider.GetRequiredService<TagCache>());
        services.AddSingleton<Totals>();
        services.AddScoped<Tenant>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<ChangeOrigin>();
        services.AddScoped<UnitOfWork>();
    }
}
