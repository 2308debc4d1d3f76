using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Operations.Webhooks.Deliveries;
using RealEstateOs.Operations.Webhooks.Endpoints;
using RealEstateOs.Operations.Webhooks.Sending;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Operations.Webhooks;

/// <summary>Events to addresses of the organization's own.</summary>
internal static class WebhookRoutes
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<WebhookSender>();
        services.AddScoped<DeliveryLine>();
        services.AddScoped<DisableEndpoint>();
        services.AddScoped<RecordAttempt>();
        services.AddHostedService<DeliveryRunner>();
        return services
            .AddAnyEventHandler<QueueWebhooks>(QueueWebhooks.Subscription, QueueWebhooks.Condition)
            .AddRecurringJob<CleanWebhookDeliveries>(CleanWebhookDeliveries.Kind, "0 53 2 * * ?");
    }

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapApi("Webhooks").MapGroup("/webhooks");
        webhooks.MapGet("/event-types", ListEventTypes.Handle).Needs(OperationsPermissions.ReadWebhooks);

        var endpoints = webhooks.MapGroup("/endpoints");
        endpoints.MapGet("/", ManageEndpoints.List).Needs(OperationsPermissions.ReadWebhooks);
        endpoints.MapPost("/", ManageEndpoints.Create).Needs(OperationsPermissions.ManageWebhooks).WithMetadata(new AnswersSecret());
        endpoints.MapGet("/{id}", ManageEndpoints.Get).Needs(OperationsPermissions.ReadWebhooks);
        endpoints.MapPut("/{id}", ManageEndpoints.Update).Needs(OperationsPermissions.ManageWebhooks);
        endpoints.MapPatch("/{id}", ManageEndpoints.Update).Needs(OperationsPermissions.ManageWebhooks);
        endpoints.MapDelete("/{id}", ManageEndpoints.Delete).Needs(OperationsPermissions.ManageWebhooks);
        endpoints.MapPost("/{id}/rotate-secret", RotateSecret.Handle).Needs(OperationsPermissions.ManageWebhooks).WithMetadata(new AnswersSecret());
        endpoints.MapPost("/{id}/ping", PingEndpoint.Handle).Needs(OperationsPermissions.ManageWebhooks).WithMetadata(new ConnectionPolicy(HoldsNone: true));
        endpoints.MapPost("/{id}/redeliver", Redeliver.Failed).Needs(OperationsPermissions.ManageWebhooks);

        var deliveries = webhooks.MapGroup("/deliveries");
        deliveries.MapGet("/", ReadDeliveries.List).Needs(OperationsPermissions.ReadWebhooks);
        deliveries.MapGet("/{id}", ReadDeliveries.Get).Needs(OperationsPermissions.ReadWebhooks);
        deliveries.MapPost("/{id}/redeliver", Redeliver.One).Needs(OperationsPermissions.ManageWebhooks);
    }
}
