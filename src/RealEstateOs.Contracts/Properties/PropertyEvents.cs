using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Properties;

/// <summary>A property was added.</summary>
/// <param name="Address">Street and number, or building and flat.</param>
public sealed record PropertyCreated(
    PropertyId PropertyId, TeamId? TeamId, UserId? AssignedUserId, PropertyStage CurrentStage, string Address, UserId? CreatedBy) : IEvent
{
    public static string Type => "property.created";
}

/// <summary>A property changed; <see cref="Changed"/> names the members in snake_case, <c>images</c> for its photographs.</summary>
/// <param name="Changed">Names of the members that changed, in snake_case; <c>images</c> for its photographs.</param>
public sealed record PropertyUpdated(
    PropertyId PropertyId, TeamId? TeamId, UserId? AssignedUserId, PropertyStage CurrentStage, UserId? UpdatedBy,
    IReadOnlyList<string> Changed) : IEvent
{
    public static string Type => "property.updated";
}

/// <summary>A property was deleted.</summary>
public sealed record PropertyDeleted(PropertyId PropertyId, TeamId? TeamId, UserId? AssignedUserId, UserId? DeletedBy) : IEvent
{
    public static string Type => "property.deleted";
}
