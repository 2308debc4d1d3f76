namespace RealEstateOs.Contracts.Events;

/// <summary>
/// Something that happened and was committed. <see cref="Type"/> is a stable name (<c>property.updated</c>); it, not the
/// C# name, goes into the outbox, to live streams and to webhooks. The members are the event's flat data.
/// </summary>
public interface IEvent
{
    static abstract string Type { get; }
}
