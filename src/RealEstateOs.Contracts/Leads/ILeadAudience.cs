using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Leads;

/// <summary>The leads that a campaign is for, in pages by id.</summary>
public interface ILeadAudience
{
    Task<IReadOnlyList<LeadContact>> PageAsync(LeadWish wish, LeadId? after, int limit, CancellationToken ct);
}

/// <summary>Which leads are meant; what is empty or null asks for nothing.</summary>
public sealed record LeadWish
{
    /// <summary>These leads and no others; empty names none by id.</summary>
    public LeadId[] LeadIds { get; init; } = [];
    /// <summary>Any of these statuses; empty asks for none.</summary>
    public LeadStatus[] Status { get; init; } = [];
    /// <summary>Any of these sources; empty asks for none.</summary>
    public LeadSource[] Source { get; init; } = [];
    /// <summary>Tags that the lead has; empty asks for none.</summary>
    public string[] Tags { get; init; } = [];
    /// <summary>Score of at least so much, 0 to 100.</summary>
    public int? MinScore { get; init; }
    /// <summary>Score of at most so much, 0 to 100.</summary>
    public int? MaxScore { get; init; }
    /// <summary>Budget of at least so much, in the organization's currency.</summary>
    public decimal? MinBudget { get; init; }
    /// <summary>Budget of at most so much, in the organization's currency.</summary>
    public decimal? MaxBudget { get; init; }
    public UserId? AssignedTo { get; init; }
    /// <summary>Only what is this person's own: set for who asks without the right to see all leads.</summary>
    public UserId? OwnedBy { get; init; }
}

/// <summary>
/// How to reach a lead; <paramref name="MailRefused"/> and <paramref name="TextRefused"/> where the lead's consent says no.
/// </summary>
public sealed record LeadContact(
    LeadId Id, string FirstName, string LastName, string? Email, string? Phone, string? Company, decimal? Budget, string? Area,
    UserId? AssignedTo, bool MailRefused, bool TextRefused)
{
    /// <summary>What the lead asked about.</summary>
    public PropertyId? PropertyId { get; init; }
}
