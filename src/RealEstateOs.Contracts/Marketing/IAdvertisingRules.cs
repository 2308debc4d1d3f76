using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Marketing;

/// <summary>The advertising rules of the markets, for every module that publishes something about a property.</summary>
public interface IAdvertisingRules
{
    /// <summary>
    /// Checks advertisements of the current organization as the office, in a constant number of queries; the answers stand in their order.
    /// </summary>
    Task<IReadOnlyList<AdvertCheck>> CheckAsync(IReadOnlyList<AdvertToCheck> adverts, CancellationToken ct);
}

/// <summary>An advertisement as it would be published.</summary>
public sealed record AdvertToCheck
{
    public PropertyId? PropertyId { get; init; }
    public MarketingChannel Channel { get; init; }
    public MarketingCampaignType Occasion { get; init; }
    /// <summary>Who publishes it; the property's agent by default.</summary>
    public UserId? AgentId { get; init; }
    /// <summary>Everything that it says, piece by piece.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
    /// <summary>What the market wants shown and its design has no place for.</summary>
    public IReadOnlyList<string> NotShown { get; init; } = [];
}

/// <summary>What was found. <see cref="IsBlocked"/>: it must not be published as it is.</summary>
/// <param name="Findings">What the rules object to; empty where nothing is.</param>
public sealed record AdvertCheck(IReadOnlyList<AdvertFinding> Findings)
{
    /// <summary>It must not be published as it is.</summary>
    public bool IsBlocked => Findings.Any(f => f.Severity == FindingSeverity.Block);
}

/// <summary>block keeps an advertisement from going out, warn and info do not.</summary>
public enum FindingSeverity { Info, Warn, Block }

/// <param name="Code">Stable, such as <c>dubai.permit_missing</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to change.</param>
/// <param name="Source">The law or order behind it.</param>
/// <param name="Span">The words that it is about, where it is about words.</param>
public sealed record AdvertFinding(string Code, FindingSeverity Severity, string Message, string Remedy, string Source, string? Span);
