using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Contracts.Properties;

/// <summary>What writing to owners needs to know about properties, and what it leaves on them.</summary>
public interface IPropertyOutreach
{
    /// <summary>The property and its owner, if it exists and the signed-in user may see it.</summary>
    Task<OutreachProperty?> FindAsync(PropertyId property, CancellationToken ct);

    /// <summary>A memo has left: flag, time of contact and timeline, in the caller's transaction. Answers the property's team.</summary>
    Task<TeamId?> MemoSentAsync(PropertyId property, string description, CancellationToken ct);

    /// <summary>
    /// The owner has answered: flag, time of contact and timeline, in the caller's transaction; what they wrote stays with the
    /// communication. Answers the property's team.
    /// </summary>
    Task<TeamId?> RepliedAsync(PropertyId property, string description, CancellationToken ct);
}

public sealed record OutreachProperty(
    PropertyId Id, string Address, string City, string? State, string? ZipCode, string? Community, string? Building,
    PropertyType? PropertyType, decimal? Price,
    decimal? EstimatedValue, string Currency, int? Bedrooms, decimal? Bathrooms, decimal? SquareFeet, string? OwnerName, string? OwnerEmail,
    string? OwnerPhone, TeamId? TeamId);
