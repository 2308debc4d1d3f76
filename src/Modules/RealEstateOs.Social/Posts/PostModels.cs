using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Social.Planning;

namespace RealEstateOs.Social.Posts;

/// <example>{"property_id": 1, "platforms": ["instagram", "facebook", "linkedin"], "post_type": "new_listing", "content_style": "luxury",
/// "include_property_details": true, "call_to_action": "dm_for_viewing", "hashtags": "auto_generate"}</example>
public sealed record CreatePostsRequest : IRequestBody<CreatePostsRequest>
{
    /// <summary>Without one it is a post of the office, which then needs a <c>custom_message</c>.</summary>
    public PropertyId? PropertyId { get; init; }
    /// <summary>One post for each.</summary>
    public SocialPlatform[]? Platforms { get; init; }
    /// <summary>The same for a single network.</summary>
    public SocialPlatform? Platform { get; init; }
    /// <summary>Default <c>new_listing</c>, without a property <c>custom</c>.</summary>
    [Alias("content_type")] public PostType? PostType { get; init; }
    /// <summary>Default <c>professional</c>.</summary>
    [Alias("tone")] public ContentStyle? ContentStyle { get; init; }
    /// <summary>Area, bathrooms, amenities, price; default true.</summary>
    public bool? IncludePropertyDetails { get; init; }
    /// <summary>
    /// <c>dm_for_viewing</c>, <c>book_viewing</c>, <c>call_now</c>, <c>learn_more</c>, <c>contact_agent</c>, <c>register_interest</c>,
    /// <c>visit_website</c>, or a sentence.
    /// </summary>
    [MaxLength(200)] public string? CallToAction { get; init; }
    /// <summary><c>auto_generate</c> (default), <c>none</c>, or a list.</summary>
    [JsonShape(typeof(object))] public JsonElement? Hashtags { get; init; }
    /// <summary>At most so many; the network's usual number by default.</summary>
    public int? MaxHashtags { get; init; }
    /// <summary>Said instead of the first sentence; of a <c>testimonial</c>, the client's words.</summary>
    [MaxLength(2000)] public string? CustomMessage { get; init; }
    /// <summary>When it goes out, to the minute; without it the posts are drafts.</summary>
    [Alias("schedule_time")] [Alias("scheduled_time")] public DateTimeOffset? ScheduledAt { get; init; }
    /// <summary><c>en</c> (default) or <c>ar</c>.</summary>
    public string? Language { get; init; }
    /// <summary>A word of the office's own, such as first_time_buyers.</summary>
    [MaxLength(100)] public string? TargetAudience { get; init; }
    /// <summary>When an open house begins and ends.</summary>
    public DateTimeOffset? EventStartsAt { get; init; }
    /// <summary>Of an open house: when it ends.</summary>
    public DateTimeOffset? EventEndsAt { get; init; }
    /// <summary>
    /// A tracked link in the text? Default: on Facebook and LinkedIn; not on Instagram, where it can't be followed, nor on X, which charges
    /// 13 times more for a post with one.
    /// </summary>
    public bool? IncludeLink { get; init; }
    /// <summary>Where the tracked link leads (https); default: the property's landing page.</summary>
    [MaxLength(2000)] public string? LinkTarget { get; init; }
    /// <summary>Adds the posts to this campaign.</summary>
    public SocialCampaignId? CampaignId { get; init; }
    /// <summary>Another wording of the same; default: one that this property's posts have not had yet.</summary>
    public int? Variant { get; init; }

    /// <summary>What is said of no property announces none.</summary>
    internal PostType Type => PostType ?? (PropertyId is null ? Contracts.Social.PostType.Custom : Contracts.Social.PostType.NewListing);

    internal IReadOnlyList<SocialPlatform> Wanted => [.. (Platforms ?? []).Concat(Platform is { } one ? [one] : []).Distinct()];
}

internal sealed class CreatePostsValidator : AbstractValidator<CreatePostsRequest>
{
    public CreatePostsValidator(TimeProvider clock)
    {
        RuleFor(r => r.Platforms).Must((r, _) => r.Wanted.Count > 0).WithMessage("must name at least one network");
        RuleFor(r => r.CustomMessage).NotEmpty().When(r => r.PropertyId is null).WithMessage("is needed where there is no property_id");
        RuleFor(r => r.Language).Must(l => l is null or "en" or "ar").WithMessage("must be en or ar");
        RuleFor(r => r.MaxHashtags).InclusiveBetween(0, 30);
        RuleFor(r => r.Variant).InclusiveBetween(0, 10_000);
        RuleFor(r => r.CallToAction)
            .Must(c => c is null || c.Contains(' ', StringComparison.Ordinal) || Writing.PostWriter.CallsToAction.Contains(c))
            .WithMessage($"must be one of {string.Join(", ", Writing.PostWriter.CallsToAction)}, or a sentence");
        RuleFor(r => r.ScheduledAt).LiesWithinAYear(clock);
        RuleFor(r => r.EventEndsAt).GreaterThan(r => r.EventStartsAt)
            .When(r => r.EventStartsAt is not null && r.EventEndsAt is not null).WithMessage("must be after event_starts_at");
        RuleFor(r => r.LinkTarget).Must(IsHttps).WithMessage("must be an absolute https address");
    }

    internal static bool IsHttps(string? link) =>
        link is null || Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == "https" && uri.UserInfo.Length == 0;
}

internal static class PostTimes
{
    /// <summary>Now, give or take the minute that a request takes, to a year from now.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset?> LiesWithinAYear<T>(this IRuleBuilder<T, DateTimeOffset?> rule,
        TimeProvider clock) =>
            rule.Must(time => time is null || (time > clock.GetUtcNow().AddMinutes(-1) && time < clock.GetUtcNow().AddYears(1)))
                .WithMessage("must lie within the next year");
}

/// <summary>A post, what is recommended for it, and how it stands.</summary>
public sealed record PostResponse : VersionedResponse
{
    /// <summary>As <c>post_12</c>.</summary>
    [JsonPropertyOrder(-2)] public required string Id { get; init; }
    /// <summary>As id.</summary>
    [JsonPropertyOrder(-2)] public string PostId => Id;
    public SocialPlatform Platform { get; init; }
    public PostType PostType { get; init; }
    public ContentStyle ContentStyle { get; init; }
    /// <summary><c>en</c> or <c>ar</c>.</summary>
    public required string Language { get; init; }
    /// <summary>As it is published.</summary>
    public required string Content { get; init; }
    /// <summary>Each with #, in the order in which they stand.</summary>
    public required IReadOnlyList<string> Hashtags { get; init; }
    /// <summary>As the network counts, of at most <c>character_limit</c>.</summary>
    public int Characters { get; init; }
    /// <summary>The network's.</summary>
    public int CharacterLimit { get; init; }
    public PostStatus Status { get; init; }
    /// <summary>When it goes out; null for a draft.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }
    /// <summary>Id of the property, such as prop_12; null where it is about none.</summary>
    public string? PropertyId { get; init; }
    /// <summary>As <c>social_camp_12</c>.</summary>
    public string? CampaignId { get; init; }
    /// <summary>Id of the account that it goes out by; null for the network's default.</summary>
    public string? AccountId { get; init; }
    /// <summary>Where it is on the network.</summary>
    public string? Permalink { get; init; }
    /// <summary>When the network took it.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
    /// <summary>Why it is not out, and what to do.</summary>
    public PostTrouble? Trouble { get; init; }

    [JsonIgnore] public override string Reference => Id;

    internal static PostResponse Of(Post p) => new()
    {
        Id = p.Id.Reference(), OrganizationId = p.OrganizationId, Platform = p.Platform, PostType = p.PostType, ContentStyle = p.Style,
        Language = p.Language,
        Content = p.Content, Hashtags = p.Hashtags,
        Characters = NetworkLimits.LengthOf(p.Platform, p.Content), CharacterLimit = NetworkLimits.Of(p.Platform).Text,
        Status = p.Status, ScheduledTime = p.ScheduledAt,
        PropertyId = p.PropertyId?.Reference(), CampaignId = p.CampaignId?.Reference(), AccountId = p.AccountId?.Reference(),
        Permalink = p.Permalink, PublishedAt = p.PublishedAt,
        Trouble = PostTrouble.Of(p), CreatedBy = p.CreatedBy,
        CreatedAt = p.CreatedAt, UpdatedAt = p.UpdatedAt, Version = p.Version,
    };
}

/// <summary>What went wrong with a post, and what to do.</summary>
/// <param name="Code">Stable, such as <c>instagram.190</c> or <c>price_changed</c>.</param>
/// <param name="Remedy">What a person can do.</param>
/// <param name="Message">What happened, as a sentence.</param>
public sealed record PostTrouble(string Code, string Message, string? Remedy)
{
    internal static PostTrouble? Of(Post p) => p.Error is null ? null : new(p.ErrorCode!, p.Error, p.Remedy);
}

/// <summary>A post as it was written.</summary>
/// <param name="ImageSuggestions">Links to the property's photographs and graphics; where there are too few, the pictures that should be
/// taken (<c>hero_shot</c>).</param>
/// <param name="OptimalPostingTime">The next good time on this network.</param>
/// <param name="OptimalTimeSource"><c>own_engagement</c>: from own posts; <c>default_table</c>: until enough of them were measured.</param>
/// <param name="ExpectedReach">The median reach of own posts; null before five were measured.</param>
/// <param name="Compliance">What the market's advertising rules say; a finding that blocks keeps the post from going out.</param>
/// <param name="PostId">Id of the post.</param>
/// <param name="Content">Text of the post, with its hashtags where the network wants them there.</param>
/// <param name="Hashtags">Each with #.</param>
/// <param name="Characters">As the network counts.</param>
/// <param name="CharacterLimit">The most that the network takes.</param>
/// <param name="ScheduledTime">When it goes out; null for a draft.</param>
/// <param name="Note">Why there is no expected reach; null where there is one.</param>
public sealed record WrittenPost(
    string PostId, SocialPlatform Platform, string Content, IReadOnlyList<string> Hashtags, int Characters, int CharacterLimit,
    PostStatus Status,
    DateTimeOffset? ScheduledTime,
    IReadOnlyList<string> ImageSuggestions, DateTimeOffset OptimalPostingTime, PostingTimeSource OptimalTimeSource,
    long? ExpectedReach, string? Note, IReadOnlyList<AdvertFinding> Compliance);

/// <summary>One post for each network.</summary>
/// <param name="Posts">The posts, in the order of the networks asked for.</param>
/// <param name="CampaignId">Id of the campaign that holds them.</param>
/// <param name="SchedulingOptions">Always available: each post can be planned.</param>
public sealed record CreatePostsResponse(IReadOnlyList<WrittenPost> Posts, string CampaignId, string SchedulingOptions);

/// <example>{"content": "A calm corner in Dubai Marina. #DubaiMarina", "scheduled_time": "2027-01-15T14:00:00Z"}</example>
public sealed record UpdatePostRequest : PartialBody, IRequestBody<UpdatePostRequest>
{
    /// <summary>The whole text, hashtags included.</summary>
    [MaxLength(63_206)] public string? Content { get; init; }
    /// <summary>Null makes it a draft.</summary>
    [Alias("schedule_time")] [Alias("scheduled_at")] public DateTimeOffset? ScheduledTime { get; init; }
    public SocialAccountId? AccountId { get; init; }
    /// <summary>Confirms that the price in the text is today's.</summary>
    public bool? ConfirmPrice { get; init; }
}

internal sealed class UpdatePostValidator : AbstractValidator<UpdatePostRequest>
{
    public UpdatePostValidator(TimeProvider clock)
    {
        RuleFor(r => r.Content).NotEmpty().When(r => r.Has(nameof(r.Content)));
        RuleFor(r => r.ScheduledTime).LiesWithinAYear(clock);
    }
}
