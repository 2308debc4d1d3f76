using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Outreach.Communications;

/// <summary>The members of a template that a client may write.</summary>
public abstract record TemplateFields : PartialBody
{
    /// <summary>For colleagues; no recipient sees it.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>Default <c>email</c>.</summary>
    public MessageChannel? Type { get; init; }
    /// <summary>Handlebars; an e-mail needs one.</summary>
    [MaxLength(500)] public string? SubjectTemplate { get; init; }
    /// <summary>Handlebars; text, or HTML if it has tags. Values are escaped in HTML.</summary>
    [MaxLength(100_000)] public string? BodyTemplate { get; init; }
    /// <summary>The stage of the pipeline that it is for.</summary>
    public PropertyStage? Stage { get; init; }
    /// <summary>Inactive ones are kept but not used; true where it is left out.</summary>
    public bool? IsActive { get; init; }

    internal void ApplyTo(CommunicationTemplate t)
    {
        t.Name = Given(Name?.Trim(), t.Name, nameof(Name))!;
        t.Type = Type ?? t.Type;
        t.SubjectTemplate = Given(SubjectTemplate, t.SubjectTemplate);
        t.BodyTemplate = Given(BodyTemplate, t.BodyTemplate)!;
        t.Stage = Given(Stage, t.Stage);
        t.IsActive = IsActive ?? t.IsActive;
    }
}

/// <example>{"name": "First letter to an owner", "type": "email", "subject_template": "Your home at {{property_address}}",
/// "body_template": "Dear {{owner_name}},\n\nwould you consider an offer for {{property_address}}?"}</example>
public sealed record CreateTemplateRequest : TemplateFields, IRequestBody<CreateTemplateRequest>;

/// <example>{"subject_template": "About {{property_address}}"}</example>
public sealed record UpdateTemplateRequest : TemplateFields, IRequestBody<UpdateTemplateRequest>;

internal abstract class TemplateFieldsValidator<T> : AbstractValidator<T> where T : TemplateFields
{
    protected TemplateFieldsValidator()
    {
        RuleFor(t => t.SubjectTemplate).HasVariables(MemoVariables.Known);
        RuleFor(t => t.BodyTemplate).HasVariables(MemoVariables.Known);
    }
}

internal sealed class CreateTemplateValidator : TemplateFieldsValidator<CreateTemplateRequest>
{
    public CreateTemplateValidator()
    {
        RuleFor(t => t.Name).NotEmpty();
        RuleFor(t => t.BodyTemplate).NotEmpty();
        RuleFor(t => t.SubjectTemplate).NotEmpty().When(t => t.Type is not MessageChannel.Sms);
    }
}

internal sealed class UpdateTemplateValidator : TemplateFieldsValidator<UpdateTemplateRequest>
{
    public UpdateTemplateValidator()
    {
        RuleFor(t => t.Name).NotEmpty().When(t => t.Has(nameof(t.Name)));
        RuleFor(t => t.BodyTemplate).NotEmpty().When(t => t.Has(nameof(t.BodyTemplate)));
    }
}

/// <summary>What came of a template, counted from the communications; the rates are null while nothing was sent.</summary>
/// <param name="TotalSent">Messages by this template that left.</param>
/// <param name="TotalOpened">Of these, those that a person opened.</param>
/// <param name="TotalReplied">Of these, those that were answered.</param>
public sealed record TemplatePerformance(int TotalSent, int TotalOpened, int TotalReplied)
{
    /// <summary>Opened ÷ sent, 0 to 1.</summary>
    public decimal? OpenRate => Rate(TotalOpened);

    /// <summary>Answered ÷ sent, 0 to 1.</summary>
    public decimal? ReplyRate => Rate(TotalReplied);

    private decimal? Rate(int count) => TotalSent == 0 ? null : Math.Round((decimal)count / TotalSent, 3);
}

/// <inheritdoc cref="TemplateFields"/>
public sealed record TemplateResponse : EntityResponse<CommunicationTemplateId>
{
    public required string Name { get; init; }
    public MessageChannel Type { get; init; }
    public string? SubjectTemplate { get; init; }
    public required string BodyTemplate { get; init; }
    public PropertyStage? Stage { get; init; }
    /// <summary>Inactive ones are kept but not used.</summary>
    public bool IsActive { get; init; }
    /// <summary>What came of the memos written with it.</summary>
    public required TemplatePerformance Performance { get; init; }

    [JsonIgnore] public override bool ShowsOtherRows => true;

    internal static Expression<Func<CommunicationTemplate, TemplateResponse>> From(DbSet<Communication> sent) => t => new TemplateResponse
    {
        Id = t.Id, OrganizationId = t.OrganizationId, Name = t.Name, Type = t.Type, SubjectTemplate = t.SubjectTemplate,
        BodyTemplate = t.BodyTemplate,
        Stage = t.Stage, IsActive = t.IsActive, CreatedBy = t.CreatedBy, CreatedAt = t.CreatedAt, UpdatedAt = t.UpdatedAt,
        Version = t.Version,
        Performance = new TemplatePerformance(
            sent.Count(c => c.TemplateId == t.Id && c.SentAt != null),
            sent.Count(c => c.TemplateId == t.Id && c.SentAt != null && c.OpenedAt != null),
            sent.Count(c => c.TemplateId == t.Id && c.SentAt != null && c.RepliedAt != null)),
    };
}
