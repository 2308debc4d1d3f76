using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>The members that a campaign and a package have in common.</summary>
public abstract record CampaignOrder : PartialBody
{
    public PropertyId? PropertyId { get; init; }
    /// <summary>What it is about; it decides on badge, templates and rules.</summary>
    public MarketingCampaignType? CampaignType { get; init; }
    /// <summary><c>postcard</c>, <c>flyer</c>, <c>email</c>, <c>social</c>, <c>landing_page</c>.</summary>
    [Alias("channels")] public MarketingChannel[]? TargetChannels { get; init; }
    /// <summary>In the property's currency, else the organization's.</summary>
    public decimal? Budget { get; init; }
    /// <summary>A word of the office's own, such as luxury_buyers; who gets mails is said at the launch.</summary>
    [MaxLength(200)] public string? TargetAudience { get; init; }
    /// <summary>What it says differently from its property's own words.</summary>
    public AdWishes? Customizations { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }
}

/// <example>{"property_id": 1, "campaign_type": "new_listing", "target_channels": ["postcard", "email", "social"], "budget": 5000,
/// "target_audience": "luxury_buyers", "customizations": {"headline": "Luxury Living in Dubai Marina",
/// "call_to_action": "Schedule Private Viewing", "languages": ["en", "ar"]}}</example>
public sealed record CreatePackageRequest : CampaignOrder, IRequestBody<CreatePackageRequest>
{
    /// <summary>By default made from the occasion and the address.</summary>
    [MaxLength(200)] public string? Name { get; init; }
}

/// <example>{"name": "Marina in spring", "campaign_type": "email_blast", "property_id": 1, "target_channels": ["email", "social"],
/// "subject": "New in Dubai Marina", "content": "Two bedrooms with a view.", "schedule": {"start_date": "2026-12-01",
/// "frequency": "weekly"}}</example>
public sealed record CreateMarketingCampaignRequest : CampaignOrder, IRequestBody<CreateMarketingCampaignRequest>
{
    /// <summary>What the office calls it; no reader of an advertisement sees it.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>Subject line of its mails, up to 200 letters.</summary>
    [MaxLength(200)] public string? Subject { get; init; }
    /// <summary>Plain text that stands for the property's description.</summary>
    [MaxLength(4000)] public string? Content { get; init; }
    /// <summary>When and how often: a free JSON object such as <c>{"start_date": "2026-12-01", "frequency": "weekly"}</c>.</summary>
    public JsonElement? Schedule { get; init; }
}

/// <example>{"subject": "Now in Dubai Marina", "budget": 7500}</example>
public sealed record UpdateMarketingCampaignRequest : CampaignOrder, IRequestBody<UpdateMarketingCampaignRequest>
{
    /// <summary>What the office calls it; no reader of an advertisement sees it.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>Subject line of its mails, up to 200 letters.</summary>
    [MaxLength(200)] public string? Subject { get; init; }
    /// <summary>Plain text that stands for the property's description.</summary>
    [MaxLength(4000)] public string? Content { get; init; }
    /// <summary>When and how often: a free JSON object.</summary>
    public JsonElement? Schedule { get; init; }
}

internal abstract class CampaignOrderValidator<T> : AbstractValidator<T> where T : CampaignOrder
{
    protected CampaignOrderValidator()
    {
        RuleFor(c => c.Budget).InclusiveBetween(0, 1_000_000_000);
        RuleFor(c => c.TargetChannels).Must(c => c!.Length > 0).When(c => c.TargetChannels is not null)
            .WithMessage("must name at least one channel");
        RuleFor(c => c.Customizations!).SetValidator(new AdWishesValidator()).When(c => c.Customizations is not null);
        RuleFor(c => c.Metadata).Must(IsObject).WithMessage("must be an object");
    }

    protected static bool IsObject(JsonElement? json) => json is null or { ValueKind: JsonValueKind.Object };
}

internal sealed class CreatePackageValidator : CampaignOrderValidator<CreatePackageRequest>
{
    public CreatePackageValidator()
    {
        RuleFor(p => p.PropertyId).NotNull();
        RuleFor(p => p.Name).NotEmpty().When(p => p.Name is not null);
    }
}

internal sealed class CreateMarketingCampaignValidator : CampaignOrderValidator<CreateMarketingCampaignRequest>
{
    public CreateMarketingCampaignValidator()
    {
        RuleFor(c => c.Name).NotEmpty();
        RuleFor(c => c.Schedule).Must(IsObject).WithMessage("must be an object");
    }
}

internal sealed class UpdateMarketingCampaignValidator : CampaignOrderValidator<UpdateMarketingCampaignRequest>
{
    public UpdateMarketingCampaignValidator()
    {
        RuleFor(c => c.Name).NotEmpty().When(c => c.Has(nameof(c.Name)));
        RuleFor(c => c.Schedule).Must(IsObject).WithMessage("must be an object");
    }
}

internal sealed class AdWishesValidator : AbstractValidator<AdWishes>
{
    public AdWishesValidator()
    {
        RuleForEach(w => w.Languages).Must(l => l is "en" or "ar").WithMessage("must be en or ar");
        RuleFor(w => w.Languages).Must(l => l!.Length > 0).When(w => w.Languages is not null)
            .WithMessage("must name at least one language");
        RuleFor(w => w.PreviousPrice).GreaterThan(0);
        RuleFor(w => w.EventEndsAt).GreaterThan(w => w.EventStartsAt).When(w => w.EventStartsAt is not null && w.EventEndsAt is not null)
            .WithMessage("must be after event_starts_at");
        RuleFor(w => w.EventStartsAt).NotNull().When(w => w.EventEndsAt is not null);
    }
}

/// <summary>A campaign with its results so far.</summary>
public sealed record MarketingCampaignResponse : VersionedResponse
{
    /// <summary>As <c>camp_12</c>.</summary>
    [JsonPropertyOrder(-2)] public required string Id { get; init; }
    /// <summary>The same as <see cref="Id"/>.</summary>
    [JsonPropertyOrder(-2)] public string CampaignId => Id;
    /// <summary>What the office calls it.</summary>
    public required string Name { get; init; }
    public MarketingCampaignType CampaignType { get; init; }
    /// <summary>As <c>prop_12</c>.</summary>
    public string? PropertyId { get; init; }
    public MarketingCampaignStatus Status { get; init; }
    /// <summary>The ways on which it goes out.</summary>
    public required IReadOnlyList<string> Channels { get; init; }
    /// <summary>The same as <see cref="Channels"/>.</summary>
    public IReadOnlyList<string> TargetChannels => Channels;
    /// <summary><c>en</c>, <c>ar</c> or both.</summary>
    public required IReadOnlyList<string> Languages { get; init; }
    /// <summary>A word of the office's own, such as luxury_buyers.</summary>
    public string? TargetAudience { get; init; }
    /// <summary>Subject line of its mails; null where it is made of the advertisement.</summary>
    public string? Subject { get; init; }
    /// <summary>Plain text that stands for the property's description.</summary>
    public string? Content { get; init; }
    /// <summary>Headlines, texts, languages and templates that were asked for.</summary>
    public JsonElement? Customizations { get; init; }
    /// <summary>When and how often: the free JSON object that was given.</summary>
    public JsonElement? Schedule { get; init; }
    /// <summary>In <see cref="Currency"/>; a plan, nothing stops at it.</summary>
    public decimal? Budget { get; init; }
    /// <summary>The sum of the expenses that were entered.</summary>
    public decimal Spend { get; init; }
    /// <summary>ISO 4217 code of budget and spend.</summary>
    public required string Currency { get; init; }
    /// <summary>What was measured so far.</summary>
    public CampaignPerformance? Performance { get; init; }
    /// <summary>What may follow, as words for programs.</summary>
    public IReadOnlyList<string> NextActions { get; init; } = [];
    /// <summary>When it went out.</summary>
    public DateTimeOffset? LaunchedAt { get; init; }
    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
    /// <summary>The free JSON object that came with it.</summary>
    public JsonElement? Metadata { get; init; }

    [JsonIgnore] public override string Reference => Id;

    [JsonIgnore] public override bool ShowsOtherRows => true;

    [JsonIgnore] internal MarketingCampaignId Key { get; init; }

    internal static MarketingCampaignResponse Of(MarketingCampaign c) => new()
    {
        Key = c.Id, Id = c.Id.Reference(), OrganizationId = c.OrganizationId, Name = c.Name, CampaignType = c.CampaignType,
        PropertyId = c.PropertyId?.Reference(), Status = c.Status,
        Channels = c.Channels, Languages = c.Languages, TargetAudience = c.TargetAudience, Subject = c.Subject, Content = c.Content,
        Customizations = c.Customizations, Schedule = c.Schedule,
        Budget = c.Budget, Currency = c.Currency, NextActions = c.NextActions, LaunchedAt = c.LaunchedAt, CompletedAt = c.CompletedAt,
        Metadata = c.Metadata, CreatedBy = c.CreatedBy,
        CreatedAt = c.CreatedAt, UpdatedAt = c.UpdatedAt, Version = c.Version,
    };
}

/// <summary>What was counted: nothing here is estimated.</summary>
/// <param name="PageViews">Of its landing page.</param>
/// <param name="LeadsGenerated">Who asked by its landing page.</param>
/// <param name="ResponseRate">Leads for each view, 0 to 1; null before the first.</param>
/// <param name="CostPerLead">Expenses ÷ leads, in the campaign's currency; null without leads.</param>
public sealed record CampaignPerformance(long PageViews, long LeadsGenerated, decimal? ResponseRate, decimal? CostPerLead);
