using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Contracts.Marketing;

/// <summary>How the office and its agents sign what they publish, for modules that print for them. As the office.</summary>
public interface IAdvertIdentity
{
    /// <summary>Of the office alone where there is no agent.</summary>
    Task<AdvertIdentity> OfAsync(UserId? agent, CancellationToken ct);
}

/// <param name="OfficeArabic">The office's name in Arabic.</param>
/// <param name="AgentArabic">The agent's.</param>
/// <param name="Title">What the agent is, such as Senior property consultant.</param>
/// <param name="TitleArabic">The same in Arabic.</param>
/// <param name="Brn">The agent's registration number at the land department; null where it has ended.</param>
public sealed record AdvertIdentity(string? OfficeArabic, string? AgentArabic, string? Title, string? TitleArabic, string? Brn);
