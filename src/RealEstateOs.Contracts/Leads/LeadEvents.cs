using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Leads;

/// <summary>A lead came in.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Name">The lead's full name.</param>
public sealed record LeadCreated(
    LeadId LeadId, TeamId? TeamId, LeadStatus Status, LeadSource Source, int Score, UserId? AssignedTo, PropertyId? PropertyId, string Name,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "lead.created";

    /// <summary>false: the import that added the lead was told to start no nurturing.</summary>
    public bool StartsSequences { get; init; } = true;
}

/// <summary>A lead changed; <see cref="Changed"/> names the members in snake_case.</summary>
/// <param name="Score">0 to 100, after the change.</param>
/// <param name="Changed">Names of the members that changed, in snake_case.</param>
public sealed record LeadUpdated(LeadId LeadId, TeamId? TeamId, LeadStatus Status, int Score, UserId? AssignedTo, UserId? UpdatedBy,
    IReadOnlyList<string> Changed) : IEvent
{
    public static string Type => "lead.updated";

    /// <summary>Tags that the lead did not have before.</summary>
    public IReadOnlyList<string> TagsAdded { get; init; } = [];
}

/// <summary>Other leads were merged into this one; their ids lead to it from now on.</summary>
/// <param name="Merged">Ids of the leads that went into this one.</param>
public sealed record LeadsMerged(LeadId LeadId, IReadOnlyList<LeadId> Merged, TeamId? TeamId, UserId? AssignedTo, UserId? MergedBy) : IEvent
{
    public static string Type => "lead.merged";
}

/// <summary>
/// A lead reached out: an answer to a message, or a call or mail that an agent recorded. <see cref="Way"/> is email, sms, call or meeting.
/// </summary>
/// <param name="Text">What they wrote, without what they quoted.</param>
/// <param name="Way">How they reached out: email, sms, call or meeting.</param>
public sealed record LeadReplied(LeadId LeadId, TeamId? TeamId, UserId? AssignedTo, LeadActivityType Way, string? Text) : IEvent
{
    public static string Type => "lead.replied";
}

/// <summary>A lead got an agent; <see cref="Reason"/> is manual, rule, reassigned, handed_over or merged.</summary>
/// <param name="Reason">manual, rule, reassigned (nobody answered in time), handed_over (the agent left) or merged.</param>
public sealed record LeadAssigned(LeadId LeadId, TeamId? TeamId, LeadStatus Status, UserId? AssignedTo, UserId? PreviousAssignee,
    string Reason, UserId? AssignedBy) : IEvent
{
    public static string Type => "lead.assigned";
}

/// <summary>A lead was deleted; it can be restored for a while.</summary>
public sealed record LeadDeleted(LeadId LeadId, TeamId? TeamId, UserId? AssignedTo, UserId? DeletedBy) : IEvent
{
    public static string Type => "lead.deleted";
}

/// <summary>A viewing was planned, or moved from <see cref="Before"/> to another time.</summary>
/// <param name="Before">The time that it was planned for until now; null where it is new.</param>
/// <param name="ScheduledAt">When the viewing begins.</param>
public sealed record ViewingScheduled(LeadId LeadId, LeadActivityId ActivityId, PropertyId? PropertyId, TeamId? TeamId, UserId? AssignedTo,
    DateTimeOffset ScheduledAt, DateTimeOffset? Before, UserId? ScheduledBy) : IEvent
{
    public static string Type => "lead.viewing_scheduled";
}
