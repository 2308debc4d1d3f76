using System.Linq.Expressions;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social;

/// <summary>How often a campaign posts.</summary>
public enum PostFrequency { Daily, TwiceDaily, EveryOtherDay, Weekdays, ThreePerWeek, TwicePerWeek, Weekly }

/// <summary>How a budget was shared out: by the leads that each network brought, or evenly while too few were measured.</summary>
public enum BudgetBasis { Leads, Evenly }

/// <summary>Posts that belong together: a calendar over weeks, or the posts of one request.</summary>
internal sealed class SocialCampaign : Entity<SocialCampaignId>, IOwned<SocialCampaign>
{
    public required string Name { get; set; }
    public PropertyId? PropertyId { get; set; }
    /// <summary>The marketing package whose launch planned it.</summary>
    public MarketingCampaignId? PackageId { get; set; }
    public SocialCampaignStatus Status { get; private set; }
    public string[] Platforms { get; set; } = [];
    public string[] PostTypes { get; set; } = [];
    public PostFrequency? Frequency { get; set; }
    public int? DurationDays { get; set; }
    public DateOnly? StartsOn { get; set; }
    public required string TimeZone { get; set; }
    public ContentStyle Style { get; set; }
    public required string Language { get; set; }
    public string? TargetAudience { get; set; }
    public decimal? Budget { get; set; }
    public required string Currency { get; set; }
    public JsonElement? BudgetAllocation { get; set; }
    public BudgetBasis? BudgetBasis { get; set; }
    public long Seed { get; set; }

    public static Expression<Func<SocialCampaign, bool>> IsOwnedBy(UserId user) => c => c.CreatedBy == user;

    internal IEnumerable<SocialPlatform> PlatformSet =>
        Platforms.Select(p => Vocabulary.TryRead<SocialPlatform>(p, out var platform) ? platform
            : throw new InvalidOperationException($"'{p}' is no network."));

    public void Pause() => Move(SocialCampaignStatus.Paused, SocialCampaignStatus.Created, SocialCampaignStatus.Active);

    public void Resume() => Move(SocialCampaignStatus.Active, SocialCampaignStatus.Paused);

    public void Cancel() => Move(SocialCampaignStatus.Cancelled, SocialCampaignStatus.Created, SocialCampaignStatus.Active,
        SocialCampaignStatus.Paused);

    public void RequireOpen()
    {
        if (Status is SocialCampaignStatus.Cancelled or SocialCampaignStatus.Completed)
            throw Problem.Conflict($"The campaign is {Vocabulary.Word(Status)}.");
    }

    private void Move(SocialCampaignStatus to, params SocialCampaignStatus[] from)
    {
        if (!from.Contains(Status))
            throw Problem.Conflict($"A campaign that is {Vocabulary.Word(Status)} can't become {Vocabulary.Word(to)}.");
        Status = to;
    }
}
