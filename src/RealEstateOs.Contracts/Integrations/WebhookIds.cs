using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Integrations;

/// <summary>An address of the organization that events are sent to.</summary>
public readonly record struct WebhookEndpointId(long Value) : IEntityId<WebhookEndpointId>
{
    public static string Prefix => "hook";
    public static WebhookEndpointId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out WebhookEndpointId id) => EntityId.TryParse(text, out id);
}

/// <summary>An event on its way to one address.</summary>
public readonly record struct WebhookDeliveryId(long Value) : IEntityId<WebhookDeliveryId>
{
    public static string Prefix => "dlv";
    public static WebhookDeliveryId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out WebhookDeliveryId id) => EntityId.TryParse(text, out id);
}
