using System.Text.Json;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Leads;

/// <summary>Takes in people who ask through a channel of another module.</summary>
public interface ILeadIntake
{
    /// <summary>
    /// Adds a lead, scored and routed as any other, in the caller's transaction. Who is known by e-mail address or phone number stays one
    /// person: the submission goes into that lead. Answers the lead.
    /// </summary>
    Task<LeadId> ReceiveAsync(IncomingLead lead, CancellationToken ct);
}

/// <summary>Somebody who asks. An e-mail address or a phone number is needed.</summary>
public sealed record IncomingLead
{
    public required string FirstName { get; init; }
    public string LastName { get; init; } = "";
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public LeadSource Source { get; init; }
    public string? Notes { get; init; }
    public PropertyId? PropertyId { get; init; }
    /// <summary>What was agreed to, with its text and time.</summary>
    public JsonElement? Consent { get; init; }
    public JsonElement? Metadata { get; init; }
}
