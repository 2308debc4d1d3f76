using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Tenancy;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Campaigns;

/// <summary>How often, and about what.</summary>
public sealed record CalendarWish
{
    /// <summary>Default <c>daily</c>: one post a day on each network.</summary>
    public PostFrequency? Frequency { get; init; }
    /// <summary>They take turns; default <c>hero_image</c>, <c>detail_shots</c>, <c>lifestyle</c>, <c>neighborhood</c>.</summary>
    public PostType[]? PostTypes { get; init; }
}

/// <example>{"campaign_name": "Marina Heights Launch Campaign", "property_id": 1, "campaign_duration_days": 14, "platforms": ["instagram",
/// "facebook", "linkedin"], "content_calendar": {"frequency": "daily", "post_types": ["hero_image", "detail_shots", "lifestyle",
/// "testimonial"]}, "budget": 3000, "target_audience": "luxury_property_buyers"}</example>
public sealed record CreateSocialCampaignRequest : IRequestBody<CreateSocialCampaignRequest>
{
    /// <summary>What the office calls it; also taken as <c>name</c>.</summary>
    [Alias("name")] [MaxLength(200)] public string? CampaignName { get; init; }
    public PropertyId? PropertyId { get; init; }
    /// <summary>1–92; default 14.</summary>
    [Alias("duration_days")] public int? CampaignDurationDays { get; init; }
    public SocialPlatform[]? Platforms { get; init; }
    /// <summary>How often, and about what.</summary>
    public CalendarWish? ContentCalendar { get; init; }
    /// <summary>In the organization's currency; shared out among the networks.</summary>
    public decimal? Budget { get; init; }
    /// <summary>A word of the office's own, such as first_time_buyers.</summary>
    [MaxLength(100)] public string? TargetAudience { get; init; }
    /// <summary>Default <c>professional</c>; <c>luxury</c> where the audience says so.</summary>
    [Alias("tone")] public ContentStyle? ContentStyle { get; init; }
    /// <summary><c>en</c> (default) or <c>ar</c>.</summary>
    public string? Language { get; init; }
    /// <summary>The first day, by the office's clock; default today.</summary>
    [Alias("starts_on")] public DateOnly? StartDate { get; init; }
    /// <summary>IANA name of the clock that times are meant by; default the organization's.</summary>
    [MaxLength(60)] public string? TimeZone { get; init; }
    /// <summary>What the reader is to do: a word such as book_viewing, or a sentence.</summary>
    [MaxLength(200)] public string? CallToAction { get; init; }
}

internal sealed class CreateSocialCampaignValidator : AbstractValidator<CreateSocialCampaignRequest>
{
    public CreateSocialCampaignValidator(TimeProvider clock)
    {
        RuleFor(c => c.CampaignName).NotEmpty();
        RuleFor(c => c.PropertyId).NotNull();
        RuleFor(c => c.Platforms).NotEmpty().WithMessage("must name at least one network");
        RuleFor(c => c.CampaignDurationDays).InclusiveBetween(1, 92);
        RuleFor(c => c.Budget).InclusiveBetween(0, 1_000_000_000);
        RuleFor(c => c.Language).Must(l => l is null or "en" or "ar").WithMessage("must be en or ar");
        RuleFor(c => c.TimeZone).Must(z => z is null || TimeZoneInfo.TryFindSystemTimeZoneById(z, out _))
            .WithMessage("is no time zone, such as Asia/Dubai");
        RuleFor(c => c.StartDate)
            .Must(
                d => d is null
                    || Math.Abs(d.Value.DayNumber - DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber) is < 366 and var _
                        && d.Value.DayNumber >= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber - 1)
            .WithMessage("must lie between today and next year");
        RuleFor(c => c.ContentCalendar!.PostTypes).Must(t => t!.Length > 0).When(c => c.ContentCalendar?.PostTypes is not null)
            .WithMessage("must name at least one type")
            .OverridePropertyName("content_calendar.post_types");
    }
}

/// <summary>A place of a calendar with its post.</summary>
/// <param name="Date">The day in the office's time zone.</param>
/// <param name="PostId">Id of the post.</param>
/// <param name="ScheduledTime">When it goes out; null for a draft.</param>
/// <param name="Content">Text of the post.</param>
public sealed record CalendarEntry(DateOnly Date, SocialPlatform Platform, PostType PostType, PostStatus Status, string PostId,
    DateTimeOffset? ScheduledTime, string Content);

/// <summary>A campaign with its calendar.</summary>
public sealed record SocialCampaignResponse : VersionedResponse
{
    /// <summary>As <c>social_camp_12</c>.</summary>
    [JsonPropertyOrder(-2)] public required string CampaignId { get; init; }
    /// <summary>As campaign_id.</summary>
    [JsonPropertyOrder(-2)] public string Id => CampaignId;
    /// <summary>What the office calls it.</summary>
    public required string CampaignName { get; init; }
    public SocialCampaignStatus Status { get; init; }
    /// <summary>As <c>prop_12</c>.</summary>
    public string? PropertyId { get; init; }
    /// <summary>The networks that it is for.</summary>
    public required IReadOnlyList<string> Platforms { get; init; }
    public PostFrequency? Frequency { get; init; }
    /// <summary>How long it lasts; null where it was made without a calendar.</summary>
    public int? CampaignDurationDays { get; init; }
    /// <summary>Its first day; null where it was made without a calendar.</summary>
    public DateOnly? StartDate { get; init; }
    /// <summary>IANA name of the clock that its times are meant by.</summary>
    public required string TimeZone { get; init; }
    public ContentStyle ContentStyle { get; init; }
    /// <summary><c>en</c> or <c>ar</c>.</summary>
    public required string Language { get; init; }
    /// <summary>A word of the office's own.</summary>
    public string? TargetAudience { get; init; }
    /// <summary>Posts in its calendar.</summary>
    public int TotalPostsPlanned { get; init; }
    /// <summary>By time.</summary>
    public IReadOnlyList<CalendarEntry> ContentCalendar { get; init; } = [];
    /// <summary>Median reach of own posts times planned posts; null where a network was not measured yet.</summary>
    public long? EstimatedReach { get; init; }
    /// <summary>In <see cref="Currency"/>.</summary>
    public decimal? Budget { get; init; }
    /// <summary>ISO 4217 code of the budget.</summary>
    public required string Currency { get; init; }
    /// <summary>Network → amount; adds up to the budget.</summary>
    public JsonElement? BudgetAllocation { get; init; }
    /// <summary><c>leads</c>: by the leads that each network brought in 180 days; <c>evenly</c> while fewer than ten came.</summary>
    public BudgetBasis? BudgetBasis { get; init; }
    /// <summary>Why there is no estimated reach; null where there is one.</summary>
    public string? Note { get; init; }

    [JsonIgnore] public override string Reference => CampaignId;

    [JsonIgnore] public override bool ShowsOtherRows => true;

    internal static SocialCampaignResponse Of(SocialCampaign c, IEnumerable<Post> posts)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(c.TimeZone);
        var calendar = posts.OrderBy(p => p.ScheduledAt ?? DateTimeOffset.MaxValue).ThenBy(p => p.Id.Value).Select(p => new CalendarEntry(
            LocalDay.Of(p.ScheduledAt ?? p.CreatedAt, zone), p.Platform, p.PostType, p.Status, p.Id.Reference(), p.ScheduledAt,
            p.Content)).ToArray();
        return new()
        {
            CampaignId = c.Id.Reference(), OrganizationId = c.OrganizationId, CampaignName = c.Name, Status = c.Status,
            PropertyId = c.PropertyId?.Reference(), Platforms = c.Platforms,
            Frequency = c.Frequency, CampaignDurationDays = c.DurationDays, StartDate = c.StartsOn, TimeZone = c.TimeZone,
            ContentStyle = c.Style, Language = c.Language,
            TargetAudience = c.TargetAudience, TotalPostsPlanned = calendar.Length, ContentCalendar = calendar, Budget = c.Budget,
            Currency = c.Currency, BudgetAllocation = c.BudgetAllocation,
            BudgetBasis = c.BudgetBasis, CreatedBy = c.CreatedBy, CreatedAt = c.CreatedAt, UpdatedAt = c.UpdatedAt, Version = c.Version,
        };
    }
}

/// <example>{"campaign_name": "Marina in spring", "budget": 4000}</example>
public sealed record UpdateSocialCampaignRequest : PartialBody, IRequestBody<UpdateSocialCampaignRequest>
{
    /// <summary>What the office calls it; also taken as <c>name</c>.</summary>
    [Alias("name")] [MaxLength(200)] public string? CampaignName { get; init; }
    /// <summary>Shared out anew.</summary>
    public decimal? Budget { get; init; }
    /// <summary>A word of the office's own, such as first_time_buyers.</summary>
    [MaxLength(100)] public string? TargetAudience { get; init; }
}

internal sealed class UpdateSocialCampaignValidator : AbstractValidator<UpdateSocialCampaignRequest>
{
    public UpdateSocialCampaignValidator()
    {
        RuleFor(c => c.CampaignName).NotEmpty().When(c => c.Has(nameof(c.CampaignName)));
        RuleFor(c => c.Budget).InclusiveBetween(0, 1_000_000_000);
    }
}

/// <example>{"days": 2}</example>
public sealed record ShiftCampaignRequest : IRequestBody<ShiftCampaignRequest>
{
    /// <summary>So many days later; negative: earlier. The time of day stays, by the campaign's clock.</summary>
    public int? Days { get; init; }
    /// <summary>And so many minutes.</summary>
    public int? Minutes { get; init; }
    /// <summary>Posts planned for this time or later; default all that have not left.</summary>
    public DateTimeOffset? From { get; init; }
}

internal sealed class ShiftCampaignValidator : AbstractValidator<ShiftCampaignRequest>
{
    public ShiftCampaignValidator()
    {
        RuleFor(s => s.Days).InclusiveBetween(-366, 366);
        RuleFor(s => s.Minutes).InclusiveBetween(-1440, 1440);
        RuleFor(s => s.Days).Must((s, _) => (s.Days ?? 0) != 0 || (s.Minutes ?? 0) != 0)
            .WithMessage("says how far, with minutes or without");
    }
}
