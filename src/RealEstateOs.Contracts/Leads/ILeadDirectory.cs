using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Leads;

/// <summary>What other modules may ask about the leads of the current organization, and tell them.</summary>
public interface ILeadDirectory
{
    /// <summary>In one query; unknown and deleted ones are left out.</summary>
    Task<IReadOnlyDictionary<LeadId, LeadSummary>> SummariesAsync(IReadOnlyCollection<LeadId> leads, CancellationToken ct);

    /// <summary>Refuses with a 422 naming the member where a lead does not exist in the organization; null passes.</summary>
    Task RequireAsync(LeadId? lead, CancellationToken ct, string member = "lead_id");

    /// <summary>A deal of the lead was closed, in the caller's transaction: the lead becomes converted. Already converted or deleted, it stays as it is.</summary>
    Task ConvertAsync(LeadId lead, string reason, CancellationToken ct);

    /// <summary>What was done about the lead, the latest first.</summary>
    Task<IReadOnlyList<LeadHistoryEntry>> HistoryAsync(LeadId lead, int limit, CancellationToken ct);
}

public sealed record LeadSummary(
    LeadId Id, string FullName, string? Email, string? Phone, LeadStatus Status, LeadSource Source, int Score, decimal? Budget, UserId? AssignedTo, PropertyId? PropertyId);

public sealed record LeadHistoryEntry(string EventType, string EventTitle, string? EventDescription, UserId? CreatedBy, DateTimeOffset CreatedAt);
