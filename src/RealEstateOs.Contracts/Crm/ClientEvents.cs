using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Crm;

/// <summary>A client was added.</summary>
/// <param name="Name">The client's full name.</param>
public sealed record ClientCreated(ClientId ClientId, string Name, ClientType? ClientType, LeadId? LeadId, UserId? AssignedAgentId,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "client.created";
}

/// <summary>A client changed; <see cref="Changed"/> names the members in snake_case.</summary>
/// <param name="Changed">Names of the members that changed, in snake_case.</param>
public sealed record ClientUpdated(ClientId ClientId, LeadId? LeadId, UserId? AssignedAgentId, UserId? UpdatedBy,
    IReadOnlyList<string> Changed) : IEvent
{
    public static string Type => "client.updated";
}

/// <summary>A client was deleted; it can be restored for a while.</summary>
public sealed record ClientDeleted(ClientId ClientId, LeadId? LeadId, UserId? AssignedAgentId, UserId? DeletedBy) : IEvent
{
    public static string Type => "client.deleted";
}

/// <summary>A viewing with a client was planned, or moved from <see cref="Before"/> to another time.</summary>
/// <param name="Before">The time that it was planned for until now; null where it is new.</param>
/// <param name="ScheduledAt">When the viewing begins.</param>
public sealed record ClientViewingScheduled(ClientId ClientId, ClientActivityId ActivityId, PropertyId? PropertyId, UserId? AssignedAgentId,
    DateTimeOffset ScheduledAt, DateTimeOffset? Before, UserId? ScheduledBy) : IEvent
{
    public static string Type => "client.viewing_scheduled";
}
