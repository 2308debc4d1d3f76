using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Campaigns;
using RealEstateOs.Marketing.Templates;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Compliance;

/// <summary>What the rules say of a campaign now.</summary>
/// <param name="Status"><c>compliant</c>, <c>warnings</c> or <c>blocked</c>.</param>
/// <param name="Channels">By channel, because not every rule is about every channel.</param>
/// <param name="CampaignId">Id of the campaign.</param>
/// <param name="RulesApplied">Codes of the rules that were looked at.</param>
public sealed record ComplianceResponse(string CampaignId, TemplateMarket Market, string Status,
    IReadOnlyDictionary<string, AdvertCheck> Channels, IReadOnlyList<string> RulesApplied);

internal static class CheckCampaign
{
    /// <summary>Checks a campaign against the advertising rules of its market; a finding that blocks says what to change.</summary>
    public static async Task<Results<Ok<ComplianceResponse>, NotFound>> Handle(
        MarketingCampaignId id, MarketingDb db, CurrentUser user, AdSubjects subjects, IAdvertisingRules rules, Designs designs,
        CancellationToken ct)
    {
        if (await db.Campaigns.AsNoTracking().VisibleTo(user, MarketingPermissions.Read).FirstOrDefaultAsync(c => c.Id == id,
            ct) is not { } campaign) return TypedResults.NotFound();
        var checks = await LaunchCampaign.CheckAsync(campaign, subjects, rules, designs, ct);
        var market = (await subjects.OfAsync(campaign, ct)).Market;
        var status = checks.Values.Any(c => c.IsBlocked) ? "blocked"
            : checks.Values.Any(c => c.Findings.Count > 0) ? "warnings" : "compliant";
        return TypedResults.Ok(new ComplianceResponse(
            id.Reference(), market, status, checks.ToDictionary(c => Vocabulary.Word(c.Key), c => c.Value),
            [.. AdvertisingRules.All.Where(r => r.Market == market).Select(r => $"{r.Code}@{r.Version}")]));
    }
}

/// <summary>A rule as it stands in this version.</summary>
/// <param name="Since">When it came to hold.</param>
/// <param name="Source">The law or the portal's terms.</param>
/// <param name="Code">Stable, such as dubai.permit_missing.</param>
/// <param name="Version">Counts the changes of the rule, from 1.</param>
/// <param name="Title">The rule in a few words.</param>
/// <param name="Explanation">What it asks for and why.</param>
public sealed record MarketingRuleResponse(string Code, TemplateMarket Market, FindingSeverity Severity, DateOnly Since, int Version,
    string Title, string Explanation, string Source);

internal static class ListRules
{
    /// <summary>The advertising rules that are checked, each with its source. A software checklist, not legal advice.</summary>
    /// <param name="market"><c>dubai</c> or <c>us</c>; both by default.</param>
    public static Ok<IReadOnlyList<MarketingRuleResponse>> Handle([FromQuery] string? market = null)
    {
        TemplateMarket? only = null;
        if (market is { Length: > 0 })
            only = Vocabulary.TryRead<TemplateMarket>(market, out var read) ? read
                : throw Problem.Invalid(FieldError.Format("market", Vocabulary.Explain(typeof(TemplateMarket))) with { In = "query" });
        return TypedResults.Ok<IReadOnlyList<MarketingRuleResponse>>(
            [.. AdvertisingRules.All.Where(r => only is null || r.Market == only).Select(
                r => new MarketingRuleResponse(r.Code, r.Market, r.Severity, r.Since, r.Version, r.Title, r.Explanation, r.Source))]);
    }
}
