using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events.Subscriptions;

internal static class EventsSetup
{
    public static IServiceCollection AddPlatformEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EventsOptions>().Bind(configuration.GetSection(EventsOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<OutboxHints>();
        services.AddHostedService<OutboxDispatcher>();
        services.AddSingleton<SubscriptionList>();
        services.AddSingleton<EventDelivery>();
        services.AddHostedService<SubscriptionRunner>();
        services.AddJob<DeliverParkedEvent, ParkedEvent>(DeliverParkedEvent.Kind, DeliverParkedEvent.Queue, concurrency: 2, maxAttempts: 3,
            announced: false);
        services.AddSingleton(provider => new OutboxCleanup(
            provider.GetRequiredService<DataSources>(), provider.GetRequiredService<SubscriptionList>(),
            provider.GetRequiredService<IOptions<EventsOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services.AddRecurringJob<CleanOutbox>("cleanup.outbox", "0 17 * * * ?");
    }
}
