using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Approvals;
using RealEstateOs.Marketing.Assets;
using RealEstateOs.Marketing.Templates;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>Who gets the mail: leads that fit every member given. Without an audience nobody does.</summary>
[Selection]
public sealed record LaunchAudience
{
    /// <summary>These leads and no others.</summary>
    public LeadId[]? LeadIds { get; init; }
    /// <summary>Leads with any of these statuses.</summary>
    public LeadStatus[]? Status { get; init; }
    /// <summary>Leads with any of these sources.</summary>
    public LeadSource[]? Source { get; init; }
    /// <summary>Leads with these tags.</summary>
    [MaxLength(50)] public string[]? Tags { get; init; }
    /// <summary>In the organization's currency.</summary>
    public decimal? MinBudget { get; init; }
    /// <summary>In the organization's currency.</summary>
    public decimal? MaxBudget { get; init; }

    internal LeadWish Wish => new() { LeadIds = LeadIds ?? [], Status = Status ?? [], Source = Source ?? [], Tags = Tags ?? [],
        MinBudget = MinBudget, MaxBudget = MaxBudget };
}

/// <example>{"audience": {"status": ["qualified", "nurturing"], "min_budget": 2000000}}</example>
public sealed record LaunchRequest : IRequestBody<LaunchRequest>
{
    /// <summary>Whom the mail goes to.</summary>
    public LaunchAudience? Audience { get; init; }
}

internal sealed class LaunchRequestValidator : AbstractValidator<LaunchRequest>
{
    // An empty member filters nothing, so that a selection of nobody would reach everybody.
    public LaunchRequestValidator() => When(r => r.Audience is not null, () =>
    {
        RuleFor(r => r.Audience!).Must(SaysWho).WithMessage("must say who is meant").OverridePropertyName("audience");
        RuleFor(r => r.Audience!.LeadIds).Must(IsNotEmpty).WithMessage("must name at least one lead").OverridePropertyName(
            "audience.lead_ids");
        RuleFor(r => r.Audience!.Status).Must(IsNotEmpty).WithMessage("must name at least one status").OverridePropertyName(
            "audience.status");
        RuleFor(r => r.Audience!.Source).Must(IsNotEmpty).WithMessage("must name at least one source").OverridePropertyName(
            "audience.source");
        RuleFor(r => r.Audience!.Tags).Must(IsNotEmpty).WithMessage("must name at least one tag").OverridePropertyName("audience.tags");
    });

    private static bool SaysWho(LaunchAudience audience) => audience != new LaunchAudience();

    private static bool IsNotEmpty<T>(T[]? members) => members is null or { Length: > 0 };
}

/// <summary>What became of one channel.</summary>
/// <param name="Outcome"><c>distributed</c>: it is out; <c>ready</c>: its files wait for a printer or a person; <c>blocked</c>: a rule
/// forbids it.</param>
/// <param name="Detail">What happened, or what is missing, as a sentence.</param>
/// <param name="Findings">What the rules say of it.</param>
public sealed record ChannelOutcome(MarketingChannel Channel, DistributionOutcome Outcome, string? Detail,
    IReadOnlyList<AdvertFinding> Findings);

/// <summary>A launch.</summary>
/// <param name="Launched">Has anything gone out?</param>
/// <param name="CampaignId">Id of the campaign.</param>
/// <param name="LandingPageUrl">The public page; null where the campaign has none.</param>
/// <param name="LaunchedAt">When it first went out; null until then.</param>
public sealed record LaunchResponse(string CampaignId, MarketingCampaignStatus Status, bool Launched, string? LandingPageUrl,
    IReadOnlyList<ChannelOutcome> Channels, DateTimeOffset? LaunchedAt);

internal static class LaunchCampaign
{
    /// <summary>
    /// Brings an approved campaign out, each channel by itself: the landing page is published, mails and pictures are handed to the modules
    /// that send them. A channel that a rule forbids stays here and says what to change; if that is every channel, <c>launched</c> is false
    /// and the campaign remains approved.
    /// </summary>
    public static async Task<Results<Ok<LaunchResponse>, NotFound>> Handle(
        MarketingCampaignId id, LaunchRequest request, MarketingDb db, CurrentUser user, AdSubjects subjects, IAdvertisingRules rules,
        Designs designs, Distributors distributors, PublicAddress address, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, MarketingPermissions.Launch, ct) is not { } campaign) return TypedResults.NotFound();
        if (campaign.Status is not (MarketingCampaignStatus.Approved or MarketingCampaignStatus.InProgress))
            throw Problem.Conflict($"Only an approved campaign is launched; this one is {Vocabulary.Word(campaign.Status)}.",
                new Dictionary<string, object?> { ["allowed_actions"] = campaign.NextActions });
        if (campaign.ApprovedHash != await ReviewCampaign.ContentHashAsync(db, campaign, ct))
            throw Problem.Conflict("The campaign is not what was approved any more. Submit it for review again.");
        var checks = await CheckAsync(campaign, subjects, rules, designs, ct);
        var page = await db.LandingPages.FirstOrDefaultAsync(p => p.CampaignId == id, ct);
        var outcomes = new List<ChannelOutcome>();
        foreach (var channel in campaign.ChannelSet)
        {
            var check = checks[channel];
            var (outcome, detail, sentAs) = check.IsBlocked ? (DistributionOutcome.Blocked, "A rule of the market forbids it as it is.",
                null) : await distributors.SendAsync(channel, campaign, page, request.Audience, ct);
            outcomes.Add(new(channel, outcome, detail, check.Findings));
            db.Add(new Distribution { CampaignId = id, Channel = channel, Outcome = outcome, Detail = detail, SentAs = sentAs });
        }
        var launched = outcomes.Where(o => o.Outcome is DistributionOutcome.Distributed or DistributionOutcome.Ready)
            .Select(o => o.Channel).ToArray();
        if (launched.Length > 0)
        {
            var before = campaign.Status;
            campaign.Launch(clock.Now());
            var (property, by, status, author) = (campaign.PropertyId, user.Id, campaign.Status, campaign.CreatedBy);
            db.Raise(() => new MarketingCampaignLaunched(id, property, launched, by));
            if (before != status) db.Raise(() => new MarketingCampaignStatusChanged(id, status, before, author, by));
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new LaunchResponse(id.Reference(), campaign.Status, launched.Length > 0,
            page is { IsPublished: true } ? address.Of(page.Path) : null, outcomes, campaign.LaunchedAt));
    }

    /// <summary>What the rules say of each channel.</summary>
    public static async Task<IReadOnlyDictionary<MarketingChannel, AdvertCheck>> CheckAsync(MarketingCampaign campaign, AdSubjects subjects,
        IAdvertisingRules rules, Designs designs, CancellationToken ct)
    {
        var subject = await subjects.OfAsync(campaign, ct);
        var texts = campaign.LanguageSet.Select(l => AdWriter.Write(subject, campaign, l, null))
            .SelectMany(a => a.Paragraphs.Concat(a.Highlights).Append(a.Headline).Append(a.CallToAction)).ToList();
        if (campaign.Subject is { } said) texts.Add(said);
        if (campaign.Content is { } content) texts.Add(content);
        var channels = campaign.ChannelSet.ToArray();
        var notShown = new List<IReadOnlyList<string>>();
        foreach (var channel in channels)
            notShown.Add(await designs.MissingAsync(AssetPlan.TemplateOf(campaign, channel, subject.Market), ct));
        var found = await rules.CheckAsync(
            [.. channels.Zip(notShown, (c, missing) => new AdvertToCheck { PropertyId = campaign.PropertyId, Channel = c,
                Occasion = campaign.CampaignType, AgentId = subject.Agent?.Id, Texts = texts, NotShown = missing })], ct);
        return channels.Zip(found).ToDictionary(c => c.First, c => c.Second);
    }
}
