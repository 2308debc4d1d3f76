using System.Text.Json;
using RealEstateOs.Contracts.Outreach;

namespace RealEstateOs.Contracts.Leads;

/// <summary>Work on leads that other modules cause, in the caller's transaction.</summary>
public interface ILeadWork
{
    /// <summary>
    /// Puts tasks among the activities of leads, where agents see them and mark them done. Answers their ids in order; a constant number of
    /// statements.
    /// </summary>
    Task<IReadOnlyList<LeadActivityId>> AddTasksAsync(IReadOnlyList<LeadTask> tasks, CancellationToken ct);

    /// <summary>Somebody's message to the lead has left: an outbound activity and a line of its timeline; the lead was contacted.</summary>
    Task WrittenToAsync(LeadId lead, MessageChannel channel, string? subject, string text, CancellationToken ct);

    /// <summary>
    /// The lead has answered: an inbound activity, a line of its timeline, and <see cref="LeadReplied"/>. A deleted lead stays as it is.
    /// </summary>
    Task RepliedAsync(LeadId lead, MessageChannel channel, string? text, CancellationToken ct);
}

public sealed record LeadTask(LeadId LeadId, LeadActivityType Type, string Subject, string Description, DateTimeOffset DueAt,
    JsonElement Metadata);
