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
    public LeadId[] LeadIds { get; init; } = [];
    public LeadStatus[] Status { get; init; } = [];
    public LeadSource[] Source { get; init; } = [];
    public string[] Tags { get; init; } = [];
    public int? MinScore { get; init; }
    public int? MaxScore { get; init; }
    public decimal? MinBudget { get; init; }
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
