using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Events;

/// <summary>An event as its readers know it: its name, the members of its data, and the resource that it is about.</summary>
public sealed record EventType(string Name, Type Payload, IReadOnlyList<string> Members, string? ResourcePrefix)
{
    /// <summary><c>property.*</c> for <c>property.updated</c>.</summary>
    public string Family => Name.Split('.')[0] + ".*";
}

/// <summary>All types of events that there are, as the contracts declare them.</summary>
public static class EventTypes
{
    private static readonly FrozenDictionary<string, EventType> ByName = typeof(IEvent).Assembly.GetTypes()
        .Where(t => typeof(IEvent).IsAssignableFrom(t) && !t.IsInterface).Select(Describe).ToFrozenDictionary(t => t.Name,
            StringComparer.Ordinal);

    public static IReadOnlyList<EventType> All { get; } = [.. ByName.Values.OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>
    /// What an event is about, as a reference: the id that its first member holds; null where it is about nothing that has one.
    /// </summary>
    public static string? ResourceOf(string type, JsonElement payload)
    {
        if (!ByName.TryGetValue(type, out var known) || known.ResourcePrefix is not { } prefix) return null;
        return payload.TryGetProperty(known.Members[0], out var id) && id.ValueKind == JsonValueKind.Number
            ? $"{prefix}_{id.GetRawText()}" : null;
    }

    private static EventType Describe(Type type)
    {
        var members = type.GetConstructors()[0].GetParameters();
        var name = (string)type.GetProperty(nameof(IEvent.Type), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        var about = members.FirstOrDefault()?.ParameterType;
        var prefix = about is not null && EntityIds.IsId(about) ? EntityIds.PrefixOf(about) : null;
        return new EventType(name, type, [.. members.Select(m => Json.SnakeCase(m.Name!))], prefix);
    }
}
