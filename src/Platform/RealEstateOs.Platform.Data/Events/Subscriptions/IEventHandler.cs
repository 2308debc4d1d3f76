using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Events.Subscriptions;

/// <summary>
/// Reacts to an event, in the name of its organization, in a transaction that also moves the subscription on: what it
/// saves through the scope's DbContexts happens exactly once. What leaves the database may happen again after a crash.
/// Events of one organization that follow each other share a scope and a transaction.
/// </summary>
public interface IEventHandler<in TEvent> where TEvent : IEvent
{
    Task HandleAsync(TEvent happened, EventContext context, CancellationToken ct);
}

/// <summary>Like <see cref="IEventHandler{TEvent}"/>, for every type there is: name and JSON stand in the context.</summary>
public interface IAnyEventHandler
{
    Task HandleAsync(EventContext happened, CancellationToken ct);
}

/// <summary>
/// Like <see cref="IAnyEventHandler"/>, with all that follow each other in one organization at once, oldest first: where an effect does not
/// depend on who acted and a statement can take many.
/// </summary>
public interface IEventBatchHandler
{
    Task HandleAsync(IReadOnlyList<EventContext> happened, CancellationToken ct);
}

public static class EventHandlerRegistrations
{
    /// <summary>
    /// Subscribes a handler under a stable name, such as <c>properties.on_deal_closed</c>. A new subscription starts with the
    /// next event; the same name again adds a type to the same order of events.
    /// </summary>
    public static IServiceCollection AddEventHandler<THandler, TEvent>(this IServiceCollection services, string subscription)
        where THandler : class, IEventHandler<TEvent>
        where TEvent : IEvent
    {
        services.TryAddScoped<THandler>();
        return services.AddSingleton(new EventHandlerRegistration(subscription, TEvent.Type, (scope, e, ct) =>
            scope.GetRequiredService<THandler>().HandleAsync(JsonSerializer.Deserialize<TEvent>(e[0].Payload, Json.Options)!, e[0], ct)));
    }

    /// <inheritdoc cref="AddEventHandler{THandler,TEvent}"/>
    /// <param name="condition">
    /// SQL over <c>platform.outbox as o</c>, asked across tenants: events that don't meet it are passed over where they lie, without a
    /// transaction. What it asks for must have been committed before an event that should meet it.
    /// </param>
    public static IServiceCollection AddAnyEventHandler<THandler>(this IServiceCollection services, string subscription,
        string? condition = null)
        where THandler : class, IAnyEventHandler
    {
        services.TryAddScoped<THandler>();
        return services.AddSingleton(
            new EventHandlerRegistration(subscription, null,
                (scope, e, ct) => scope.GetRequiredService<THandler>().HandleAsync(e[0], ct)) { Condition = condition });
    }

    /// <inheritdoc cref="AddAnyEventHandler{THandler}"/>
    public static IServiceCollection AddEventBatchHandler<THandler>(this IServiceCollection services, string subscription,
        string? condition = null)
        where THandler : class, IEventBatchHandler
    {
        services.TryAddScoped<THandler>();
        return services.AddSingleton(
            new EventHandlerRegistration(subscription, null,
                (scope, e, ct) => scope.GetRequiredService<THandler>().HandleAsync(e, ct)) { Condition = condition, TakesMany = true });
    }
}

internal delegate Task EventCall(IServiceProvider scope, IReadOnlyList<EventContext> happened, CancellationToken ct);

/// <summary>One handler of a subscription; without a type it takes all, and one event at a time unless it takes many.</summary>
internal sealed record EventHandlerRegistration(string Subscription, string? Type, EventCall Call)
{
    public string? Condition { get; init; }

    public bool TakesMany { get; init; }
}
