using System.Text.Json;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Persistence;

/// <summary>An event on its way into the outbox.</summary>
internal sealed record OutboxEntry(string Type, string Payload)
{
    public static OutboxEntry For<TEvent>(TEvent happened) where TEvent : IEvent =>
        new(TEvent.Type, JsonSerializer.Serialize(happened, Json.Options));
}
