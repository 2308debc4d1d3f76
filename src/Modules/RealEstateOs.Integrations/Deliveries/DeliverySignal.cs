using RealEstateOs.Platform.Events;

namespace RealEstateOs.Integrations.Deliveries;

/// <summary>Wakes this host's sender when a delivery was queued; without it, it looks by itself.</summary>
internal sealed class DeliverySignal
{
    public WakeUp Wake { get; } = new();
}
