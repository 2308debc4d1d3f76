using System.Linq.Expressions;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing;

/// <summary>The advertising of one property, or of the office, on its channels.</summary>
internal sealed class MarketingCampaign : Entity<MarketingCampaignId>, ISoftDeletable, IOwned<MarketingCampaign>
{
    private static readonly MarketingCampaignStatus[] Submittable = [MarketingCampaignStatus.Draft,
        MarketingCampaignStatus.ChangesRequested, MarketingCampaignStatus.Rejected];

    public required string Name { get; set; }
    public MarketingCampaignType CampaignType { get; set; }
    public PropertyId? PropertyId { get; set; }
    public MarketingCampaignStatus Status { get; private set; } = MarketingCampaignStatus.Draft;
    public string[] Channels { get; set; } = [];
    public string[] Languages { get; set; } = ["en"];
    public string? TargetAudience { get; set; }
    public string? Subject { get; set; }
    public string? Content { get; set; }
    public JsonElement Customizations { get; set; }
    public JsonElement? Schedule { get; set; }
    public decimal? Budget { get; set; }
    public required string Currency { get; set; }
    public JobId? JobId { get; set; }
    /// <summary>Of the contents that were approved: what is launched must be the same.</summary>
    public string? ApprovedHash { get; private set; }
    public DateTimeOffset? LaunchedAt { get; private set; }
    public DateTimeOffset? CompletedAt { get; private set; }
    public JsonElement? Metadata { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }

    internal IEnumerable<MarketingChannel> ChannelSet =>
        Channels.Select(c => Vocabulary.TryRead<MarketingChannel>(c, out var channel) ? channel
            : throw new InvalidOperationException($"'{c}' is no channel."));

    internal IEnumerable<AdLanguage> LanguageSet => Languages.Select(l => l == "ar" ? AdLanguage.Ar : AdLanguage.En);

    internal AdWishes Wishes =>
        Customizations.ValueKind == JsonValueKind.Object ? Customizations.Deserialize<AdWishes>(Json.Options)! : new AdWishes();

    public static Expression<Func<MarketingCampaign, bool>> IsOwnedBy(UserId user) => c => c.CreatedBy == user;

    public void Submit()
    {
        if (!Submittable.Contains(Status)) throw Illegal("submit_for_review");
        Status = MarketingCampaignStatus.PendingReview;
    }

    public void Approve(string contentHash)
    {
        RequireReview("approve");
        (Status, ApprovedHash) = (MarketingCampaignStatus.Approved, contentHash);
    }

    public void RequestChanges()
    {
        RequireReview("request_changes");
        Status = MarketingCampaignStatus.ChangesRequested;
    }

    public void Reject()
    {
        RequireReview("reject");
        Status = MarketingCampaignStatus.Rejected;
    }

    /// <summary>Something was changed: what was approved, or lies before a reviewer, is a draft again.</summary>
    public void Reopen()
    {
        if (Status is MarketingCampaignStatus.Approved or MarketingCampaignStatus.PendingReview or MarketingCampaignStatus.Scheduled)
            (Status, ApprovedHash) = (MarketingCampaignStatus.Draft, null);
    }

    public void Launch(DateTimeOffset now) => (Status, LaunchedAt) = (MarketingCampaignStatus.InProgress, LaunchedAt ?? now);

    /// <summary>What may be done next, in the words of the approval endpoint and of the launch.</summary>
    internal IReadOnlyList<string> NextActions => Status switch
    {
        MarketingCampaignStatus.Draft or MarketingCampaignStatus.ChangesRequested or MarketingCampaignStatus.Rejected =>
            ["submit_for_review"],
        MarketingCampaignStatus.PendingReview => ["approve", "request_changes", "reject"],
        MarketingCampaignStatus.Approved or MarketingCampaignStatus.InProgress => ["launch"],
        _ => [],
    };

    private void RequireReview(string action)
    {
        if (Status != MarketingCampaignStatus.PendingReview) throw Illegal(action);
    }

    private Problem Illegal(string action) => Problem.Conflict(
        $"A campaign that is {Vocabulary.Word(Status)} can't take {action}.",
        new Dictionary<string, object?> { ["status"] = Vocabulary.Word(Status), ["allowed_actions"] = NextActions });
}
