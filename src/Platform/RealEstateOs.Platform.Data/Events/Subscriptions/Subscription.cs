namespace RealEstateOs.Platform.Events.Subscriptions;

/// <summary>A named reader of the outbox with its handlers.</summary>
internal sealed class Subscription(string name, IReadOnlyList<EventHandlerRegistration> handlers)
{
    public string Name => name;

    /// <summary>The types it wants, comma separated; null is all.</summary>
    public string? Types { get; } = handlers.Any(h => h.Type is null) ? null : string.Join(',', handlers.Select(h => h.Type).Distinct());

    public string[]? TypeList { get; } = handlers.Any(h => h.Type is null) ? null : [.. handlers.Select(h => h.Type!).Distinct()];

    /// <summary>A condition on <c>platform.outbox as o</c>, in SQL, that events must meet.</summary>
    public string? Condition { get; } = handlers.Select(h => h.Condition).FirstOrDefault(c => c is not null);

    public bool Wants(string type) => TypeList is null || TypeList.Contains(type);

    /// <summary>Its handlers take many events at once.</summary>
    public bool TakesMany { get; } = handlers.All(h => h.TakesMany);

    /// <param name="happened">One event, or several for a subscription that takes many.</param>
    public async Task CallAsync(IServiceProvider scope, IReadOnlyList<EventContext> happened, CancellationToken ct)
    {
        foreach (var handler in handlers)
            if (handler.Type is null || handler.Type == happened[0].Type) await handler.Call(scope, happened, ct);
    }
}

/// <summary>All subscriptions of this host, by name.</summary>
internal sealed class SubscriptionList(IEnumerable<EventHandlerRegistration> handlers)
{
    public IReadOnlyDictionary<string, Subscription> ByName { get; } =
        handlers.GroupBy(h => h.Subscription).ToDictionary(g => g.Key, g => new Subscription(g.Key, [.. g]), StringComparer.Ordinal);

    public string[] Names => [.. ByName.Keys];

    /// <summary>Beside <see cref="Names"/>, in the same order.</summary>
    public string?[] Types => [.. ByName.Values.Select(s => s.Types)];
}
