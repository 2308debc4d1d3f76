using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Marketing.Adverts;

namespace RealEstateOs.Marketing.Compliance;

/// <summary>An advertisement with all that its rules ask about.</summary>
/// <param name="PermitUsedElsewhere">Another property of the organization is advertised under the same permit.</param>
/// <param name="TransferredAt">When the latest sale of the property was closed.</param>
internal sealed record AdCase(
    AdSubject Subject, MarketingChannel Channel, MarketingCampaignType Occasion, IReadOnlyList<string> Texts, DateOnly Today,
    bool PermitUsedElsewhere, DateTimeOffset? TransferredAt)
{
    /// <summary>What the market wants shown and the design has no place for.</summary>
    public IReadOnlyList<string> NotShown { get; init; } = [];

    public ListingSnapshot? Listing => Subject.Listing;

    public Advert? Advert => Subject.Advert;

    public bool IsExempt => Advert?.PermitExemption is not null;

    public bool IsOffPlan => Listing?.CompletionStatus is CompletionStatus.OffPlan or CompletionStatus.OffPlanPrimary;
}

/// <summary>What a rule has found: in which words, and what to do.</summary>
internal sealed record Fault(string Message, string Remedy, string? Span = null, FindingSeverity? Severity = null);

/// <summary>What the rules of both markets ask of designs.</summary>
internal static class ShownDetails
{
    public static IEnumerable<Fault> Check(AdCase c) => c.NotShown.Count == 0 ? [] :
        [new Fault($"The template does not show {string.Join(", ", c.NotShown)}.",
            "Give the template a place for them, or choose another one.")];
}

/// <summary>A rule of a market.</summary>
/// <param name="Since">From this day on it applies; an advertisement is checked by the rules of its day.</param>
/// <param name="Version">Raised when the rule is written differently.</param>
internal sealed record Rule(string Code, TemplateMarket Market, FindingSeverity Severity, DateOnly Since, int Version, string Title,
    string Explanation, string Source, Func<AdCase, IEnumerable<Fault>> Check);
