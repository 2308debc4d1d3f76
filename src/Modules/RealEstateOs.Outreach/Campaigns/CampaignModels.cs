using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>What campaigns and their templates have in common.</summary>
public abstract record CampaignText : PartialBody
{
    /// <summary>For colleagues; no recipient sees it.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    public CampaignType? CampaignType { get; init; }
    /// <summary>Handlebars; an e-mail needs one.</summary>
    [MaxLength(500)] public string? Subject { get; init; }
    /// <summary>Handlebars; text, or HTML if it has tags.</summary>
    [MaxLength(200_000)] public string? Content { get; init; }
    /// <summary>For colleagues; no recipient sees it.</summary>
    [MaxLength(2_000)] public string? Description { get; init; }
}

public abstract record CampaignFields : CampaignText
{
    /// <summary>Only <c>draft</c> can be set by hand; the rest are acts (send, pause, cancel).</summary>
    public CampaignStatus? Status { get; init; }
    /// <summary>Gives content and subject where the campaign has none of its own.</summary>
    public CampaignTemplateId? TemplateId { get; init; }
    /// <summary>What it is about: fills the variables of the property for everybody. Without one, each lead's own does.</summary>
    public PropertyId? PropertyId { get; init; }
    /// <summary>When it is meant to leave; <c>POST …/send</c> with <c>send_at</c> makes it leave.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }
}

/// <example>{"name": "New in Dubai Marina", "campaign_type": "email", "subject": "{{first_name}}, three homes by the water",
/// "content": "Dear {{first_name}},\n\nthree homes came on the market this week.\n\n{{agent_name}}"}</example>
public sealed record CreateCampaignRequest : CampaignFields, IRequestBody<CreateCampaignRequest>;

/// <example>{"subject": "{{first_name}}, four homes by the water"}</example>
public sealed record UpdateCampaignRequest : CampaignFields, IRequestBody<UpdateCampaignRequest>;

/// <summary>
/// To whom and when. A body that names neither <c>lead_ids</c> nor <c>filters</c> goes to those who were kept with <c>send_now: false</c>,
/// else to all leads that may be written to; an empty, null or unknown selection is refused.
/// </summary>
/// <example>{"filters": {"status": ["new", "qualified"], "min_budget": 1000000}, "send_now": true}</example>
[Selection]
public sealed record SendCampaignRequest : PartialBody, IRequestBody<SendCampaignRequest>
{
    /// <summary>These leads and no others.</summary>
    public LeadId[]? LeadIds { get; init; }
    public AudienceFilters? Filters { get; init; }
    /// <summary>Default true; false without <c>send_at</c> keeps the selection and sends nothing.</summary>
    public bool? SendNow { get; init; }
    /// <summary>Not in the past.</summary>
    public DateTimeOffset? SendAt { get; init; }

    internal bool KeepsDraft => SendNow == false && SendAt is null;

    internal LeadWish? Wish => LeadIds is null && Filters is null ? null
        : (Filters?.Wish ?? new LeadWish()) with { LeadIds = LeadIds ?? [] };
}

internal sealed class SendCampaignValidator : AbstractValidator<SendCampaignRequest>
{
    public SendCampaignValidator(TimeProvider clock)
    {
        RuleFor(s => s.SendAt).IsNotOver(clock);
        RuleFor(s => s.LeadIds).IsNotEmpty();
        RuleFor(s => s.LeadIds).NotNull().When(s => s.Has(nameof(s.LeadIds)) && s.Filters is null)
            .WithMessage("is null and selects nobody; leave it out to mean all leads");
        RuleFor(s => s.Filters).NotNull().When(s => s.Has(nameof(s.Filters)) && s.LeadIds is null)
            .WithMessage("is null and selects nobody; leave it out to mean all leads");
        RuleFor(s => s.Filters).AsksForSomething();
        RuleFor(s => s.Filters!).SetValidator(new AudienceFiltersValidator()).When(s => s.Filters is not null);
    }
}

internal abstract class CampaignTextValidator<T> : AbstractValidator<T> where T : CampaignText
{
    protected CampaignTextValidator()
    {
        RuleFor(c => c.Name).NotEmpty().When(c => c.Has(nameof(c.Name)));
        RuleFor(c => c.Content).NotEmpty().When(c => c.Has(nameof(c.Content)));
        RuleFor(c => c.Subject).HasVariables(MessageVariables.Known);
        RuleFor(c => c.Content).HasVariables(MessageVariables.Known);
    }

    protected void RequireBasics()
    {
        RuleFor(c => c.Name).NotEmpty().When(c => !c.Has(nameof(c.Name)));
        RuleFor(c => c.CampaignType).NotNull();
    }
}

internal sealed class CreateCampaignValidator : CampaignTextValidator<CreateCampaignRequest>
{
    public CreateCampaignValidator()
    {
        RequireBasics();
        RuleFor(c => c.Content).NotEmpty().When(c => !c.Has(nameof(c.Content)) && c.TemplateId is null);
        RuleFor(c => c.Status).Must(s => s is null or CampaignStatus.Draft)
            .WithMessage("must be draft; a campaign goes on by send, pause, resume and cancel");
    }
}

internal sealed class UpdateCampaignValidator : CampaignTextValidator<UpdateCampaignRequest>;

/// <inheritdoc cref="CampaignText"/>
public sealed record CampaignResponse : EntityResponse<CampaignId>
{
    public required string Name { get; init; }
    public CampaignType CampaignType { get; init; }
    public string? Subject { get; init; }
    public required string Content { get; init; }
    public string? Description { get; init; }
    /// <summary>Where it stands; it changes by acts (send, pause, cancel), not by writing it.</summary>
    public CampaignStatus Status { get; init; }
    public CampaignTemplateId? TemplateId { get; init; }
    public PropertyId? PropertyId { get; init; }
    /// <summary>When it leaves, or left.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }
    /// <summary>Whom the last request to send asked for; what is empty or null asks for nothing.</summary>
    [JsonShape(typeof(LeadWish))] public JsonElement? Audience { get; init; }
    /// <summary>The free JSON object that came with it.</summary>
    public JsonElement? Metadata { get; init; }
    /// <summary>Who was selected, with those who got nothing.</summary>
    public int TotalRecipients { get; init; }
    /// <summary>Taken by the mail server or the text provider.</summary>
    public int SentCount { get; init; }
    /// <summary>Refused for good, by the provider or before.</summary>
    public int FailedCount { get; init; }
    /// <summary>Not written to: said no, is on the suppression list, or has no address.</summary>
    public int SuppressedCount { get; init; }
    /// <summary>Reported as delivered by the provider.</summary>
    public int DeliveredCount { get; init; }
    /// <summary>By people; what programs fetch is in machine_opened_count.</summary>
    public int OpenedCount { get; init; }
    /// <summary>By people; what programs follow is in machine_clicked_count.</summary>
    public int ClickedCount { get; init; }
    /// <summary>By programs: scanners, prefetching, privacy proxies.</summary>
    public int MachineOpenedCount { get; init; }
    /// <summary>By programs: scanners of mail servers.</summary>
    public int MachineClickedCount { get; init; }
    /// <summary>Reported as returned.</summary>
    public int BouncedCount { get; init; }
    /// <summary>Recipients who said that they want no more.</summary>
    public int UnsubscribedCount { get; init; }
    /// <summary>When its first messages were posted.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    /// <summary>When nobody was left to write to.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    // Its counters move by single statements while it is sent.
    [JsonIgnore] public override bool ShowsOtherRows => true;

    internal static readonly Expression<Func<Campaign, CampaignResponse>> Projection = c => new CampaignResponse
    {
        Id = c.Id, OrganizationId = c.OrganizationId, Name = c.Name, CampaignType = c.CampaignType, Subject = c.Subject,
        Content = c.Content, Description = c.Description,
        Status = c.Status, TemplateId = c.TemplateId, PropertyId = c.PropertyId, ScheduledAt = c.ScheduledAt, Audience = c.Audience,
        Metadata = c.Metadata,
        TotalRecipients = c.TotalRecipients, SentCount = c.SentCount,
        FailedCount = c.FailedCount, SuppressedCount = c.SuppressedCount, DeliveredCount = c.DeliveredCount, OpenedCount = c.OpenedCount,
        ClickedCount = c.ClickedCount, MachineOpenedCount = c.MachineOpenedCount, MachineClickedCount = c.MachineClickedCount,
        BouncedCount = c.BouncedCount, UnsubscribedCount = c.UnsubscribedCount, StartedAt = c.StartedAt, CompletedAt = c.CompletedAt,
        CreatedBy = c.CreatedBy,
        CreatedAt = c.CreatedAt, UpdatedAt = c.UpdatedAt, Version = c.Version,
    };

    internal static readonly Func<Campaign, CampaignResponse> Of = Projection.Compile();
}
