using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Leads;

/// <summary>Leads asked for as the office: for sequences, imports and whatever no person reads.</summary>
public interface ILeadDirectory
{
    /// <summary>In one query; unknown and deleted ones are left out.</summary>
    Task<IReadOnlyDictionary<LeadId, LeadSummary>> SummariesAsync(IReadOnlyCollection<LeadId> leads, CancellationToken ct);

    /// <summary>
    /// By which channels a lead wants no messages, also one that was deleted; of a merged one, what the lead said that stays.
    /// </summary>
    Task<IReadOnlyList<MessageChannel>> RefusedByAsync(LeadId lead, CancellationToken ct);
}

/// <summary>Leads asked for as the signed-in user: what they may not see does not exist.</summary>
public interface ILeadReader
{
    /// <summary>In one query; unknown and deleted ones are left out.</summary>
    Task<IReadOnlyDictionary<LeadId, LeadSummary>> SummariesAsync(IReadOnlyCollection<LeadId> leads, CancellationToken ct);

    /// <summary>
    /// The lead that a record may name: the given one, or the one that it was merged into. Until the caller's transaction ends no merge
    /// takes it away. Refuses with a 422 naming the member where there is no such lead; null passes.
    /// </summary>
    Task<LeadId?> RequireAsync(LeadId? lead, CancellationToken ct, string member = "lead_id");

    /// <summary>What was done about the lead, the latest first.</summary>
    Task<IReadOnlyList<LeadHistoryEntry>> HistoryAsync(LeadId lead, int limit, CancellationToken ct);

    /// <summary>Those whose name, e-mail address, company or phone number has all of these words, the latest first.</summary>
    Task<IReadOnlyList<LeadSummary>> FindAsync(string words, int limit, CancellationToken ct);

    /// <summary>What the lead's score is made of, part by part; null where there is no such lead.</summary>
    Task<ExplainedScore?> ScoreAsync(LeadId lead, CancellationToken ct);
}

/// <summary>Commands of other modules, in the caller's transaction: 403 where the signed-in user may not change the lead.</summary>
public interface ILeadCommands
{
    /// <summary>
    /// A deal of the lead was closed, or it became a client: the lead, or the one that it was merged into, becomes converted. Already
    /// converted or deleted, it stays as it is. Of two callers at once the second waits for the first.
    /// </summary>
    Task ConvertAsync(LeadId lead, string reason, CancellationToken ct);
}

/// <param name="Score">0 to 100.</param>
/// <param name="Budget">In the organization's currency.</param>
/// <param name="FullName">First and last name together.</param>
/// <param name="Email">Where mails go; null where it is not known.</param>
/// <param name="Phone">As it was given.</param>
public sealed record LeadSummary(
    LeadId Id, string FullName, string? Email, string? Phone, LeadStatus Status, LeadSource Source, int Score, decimal? Budget,
    UserId? AssignedTo, PropertyId? PropertyId)
{
    /// <summary>The only name of who has one.</summary>
    public required string FirstName { get; init; }
    /// <summary>Empty where the person has one name.</summary>
    public required string LastName { get; init; }
    /// <summary>Where the person looks.</summary>
    public string? Area { get; init; }
    public PropertyType? PropertyType { get; init; }
    public LeadIntent? Intent { get; init; }
    /// <summary>How many they look for.</summary>
    public int? Bedrooms { get; init; }
}

/// <param name="IsManual">Set by hand: nothing is computed until it is given back.</param>
public sealed record ExplainedScore(int Score, bool IsManual, IReadOnlyList<ScorePart> Parts);

/// <summary>So many of at most so many points, and why.</summary>
public sealed record ScorePart(string Factor, int Points, int MaxPoints, string Reason);

public sealed record LeadHistoryEntry(string EventType, string EventTitle, string? EventDescription, UserId? CreatedBy,
    DateTimeOffset CreatedAt);
