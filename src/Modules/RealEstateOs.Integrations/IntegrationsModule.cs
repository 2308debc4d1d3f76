using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Integrations.Deliveries;
using RealEstateOs.Integrations.Endpoints;
using RealEstateOs.Integrations.Sending;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations;

/// <summary>What happens here, told to systems of the organization's own: signed webhooks, their deliveries and repeats.</summary>
public static class IntegrationsModule
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<IntegrationsDb>(IntegrationsDb.Name).AddPermissions(IntegrationsPermissions.All);
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<WebhookSender>();
        services.AddScoped<DeliveryLine>();
        services.AddScoped<DisableEndpoint>();
        services.AddScoped<RecordAttempt>();
        services.AddHostedService<DeliveryRunner>();
        return services
            .AddEventBatchHandler<QueueWebhooks>(QueueWebhooks.Subscription, QueueWebhooks.Condition)
            .AddRecurringJob<CleanWebhookDeliveries>(CleanWebhookDeliveries.Kind, "0 53 2 * * ?");
    }

    public static IEndpointRouteBuilder MapIntegrations(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapApi("Webhooks").MapGroup("/webhooks");
        webhooks.MapGet("/event-types", ListEventTypes.Handle).NeedsInFull(IntegrationsPermissions.Read);

        var endpoints = webhooks.MapGroup("/endpoints");
        endpoints.MapGet("/", ManageEndpoints.List).NeedsInFull(IntegrationsPermissions.Read);
        endpoints.MapPost("/", ManageEndpoints.Create).NeedsInFull(IntegrationsPermissions.Manage).WithMetadata(new AnswersSecret());
        endpoints.MapGet("/{id}", ManageEndpoints.Get).NeedsInFull(IntegrationsPermissions.Read);
        endpoints.MapMethods("/{id}", ApiGroup.PutAndPatch, ManageEndpoints.Update).NeedsInFull(IntegrationsPermissions.Manage);
        endpoints.MapDelete("/{id}", ManageEndpoints.Delete).NeedsInFull(IntegrationsPermissions.Manage);
        endpoints.MapPost("/{id}/rotate-secret", RotateSecret.Handle).NeedsInFull(IntegrationsPermissions.Manage)
            .WithMetadata(new AnswersSecret());
        endpoints.MapPost("/{id}/ping", PingEndpoint.Handle).NeedsInFull(IntegrationsPermissions.Manage)
            .WithMetadata(new ConnectionPolicy(HoldsNone: true));
        endpoints.MapPost("/{id}/redeliver", Redeliver.Failed).NeedsInFull(IntegrationsPermissions.Manage);

        var deliveries = webhooks.MapGroup("/deliveries");
        deliveries.MapGet("/", ReadDeliveries.List).NeedsInFull(IntegrationsPermissions.Read);
        deliveries.MapGet("/{id}", ReadDeliveries.Get).NeedsInFull(IntegrationsPermissions.Read);
        deliveries.MapPost("/{id}/redeliver", Redeliver.One).NeedsInFull(IntegrationsPermissions.Manage);
        return app;
    }
}
