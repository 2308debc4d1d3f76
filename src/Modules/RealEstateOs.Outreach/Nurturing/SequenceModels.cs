using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Campaigns;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>The members of a sequence that a client may write.</summary>
public abstract record SequenceFields : PartialBody
{
    /// <summary>For colleagues; no lead sees it.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>What it is for, up to 2,000 letters.</summary>
    [MaxLength(2_000)] public string? Description { get; init; }
    /// <summary>All steps, in order. Whoever is on the way keeps the steps that they began with.</summary>
    public SequenceStep[]? Steps { get; init; }
    /// <summary>Enrolls leads by themselves, each once in its life; null: by hand only.</summary>
    public SequenceTrigger? Trigger { get; init; }
    /// <summary>
    /// Which leads the trigger takes. status_changed needs <c>status</c>, tag_added <c>tags</c>, score_changed <c>min_score</c>.
    /// </summary>
    public AudienceFilters? TriggerFilters { get; init; }
    /// <summary>Default true: who answers, or reaches out otherwise, leaves the sequence.</summary>
    public bool? ExitOnReply { get; init; }
    /// <summary>Who gets one of these leaves the sequence; default converted, lost and unqualified.</summary>
    public LeadStatus[]? ExitOnStatus { get; init; }
}

/// <example>{"name": "New buyers", "steps": [{"type": "email", "key": "welcome", "subject": "Welcome, {{first_name}}",
/// "content": "Thank you for your interest."}, {"type": "condition", "delay_days": 3, "condition": {"on": "opened", "step": "welcome"},
/// "then": "call", "else": "end"}, {"type": "task", "key": "call", "subject": "Call {{first_name}}", "task_type": "call"}]}</example>
public sealed record CreateSequenceRequest : SequenceFields, IRequestBody<CreateSequenceRequest>;

/// <example>{"name": "New buyers of 2027", "exit_on_reply": false}</example>
public sealed record UpdateSequenceRequest : SequenceFields, IRequestBody<UpdateSequenceRequest>;

internal abstract class SequenceValidator<T> : AbstractValidator<T> where T : SequenceFields
{
    protected SequenceValidator(bool isNew)
    {
        RuleFor(s => s.Name).NotEmpty().When(s => isNew || s.Has(nameof(s.Name)));
        RuleFor(s => s.Steps).NotNull().When(s => isNew || s.Has(nameof(s.Steps)));
        RuleFor(s => s.Steps).Custom((steps, context) =>
        {
            foreach (var fault in steps is null ? [] : SequenceCheck.Faults(steps))
                context.AddFailure(new ValidationFailure(fault.Field,
                    fault.Message) { ErrorCode = fault.Code == ErrorCodes.Missing ? "NotEmptyValidator"
                        : fault.Code == ErrorCodes.Range ? "LengthValidator" : "" });
        });
        RuleFor(s => s.TriggerFilters!).SetValidator(new AudienceFiltersValidator()).When(s => s.TriggerFilters is not null);
        RuleFor(s => s.TriggerFilters).Custom((filters, context) =>
        {
            var missing = context.InstanceToValidate.Trigger switch
            {
                SequenceTrigger.StatusChanged when filters?.Status is not { Length: > 0 } => "status",
                SequenceTrigger.TagAdded when filters?.Tags is not { Length: > 0 } => "tags",
                SequenceTrigger.ScoreChanged when filters?.MinScore is null => "min_score",
                _ => null,
            };
            if (missing is not null)
                context.AddFailure(new ValidationFailure($"trigger_filters.{missing}",
                    "is required for this trigger") { ErrorCode = "NotEmptyValidator" });
        });
    }
}

internal sealed class CreateSequenceValidator() : SequenceValidator<CreateSequenceRequest>(isNew: true);

internal sealed class UpdateSequenceValidator() : SequenceValidator<UpdateSequenceRequest>(isNew: false);

/// <summary>What pause takes; resume is the same the other way round.</summary>
/// <example>{"action": "resume"}</example>
public sealed record PauseRequest : IRequestBody<PauseRequest>
{
    /// <summary><c>pause</c> (default) or <c>resume</c>.</summary>
    public PauseAction? Action { get; init; }
}

public enum PauseAction { Pause, Resume }

/// <inheritdoc cref="SequenceFields"/>
public sealed record SequenceResponse : EntityResponse<SequenceId>
{
    public required string Name { get; init; }
    public string? Description { get; init; }
    /// <summary>Paused: nobody's way goes on until it is resumed.</summary>
    public SequenceStatus Status { get; init; }
    public SequenceTrigger? Trigger { get; init; }
    public JsonElement? TriggerFilters { get; init; }
    /// <summary>Who answers, or reaches out otherwise, leaves it.</summary>
    public bool ExitOnReply { get; init; }
    /// <summary>Who gets one of these leaves the sequence.</summary>
    public required string[] ExitOnStatus { get; init; }
    /// <summary>For those who are enrolled from now on.</summary>
    public required SequenceStep[] Steps { get; init; }
    /// <summary>Counts the changes of the steps.</summary>
    public int StepsVersion { get; init; }

    internal static readonly Expression<Func<Sequence, SequenceResponse>> Projection = s => new SequenceResponse
    {
        Id = s.Id, OrganizationId = s.OrganizationId, Name = s.Name, Description = s.Description, Status = s.Status, Trigger = s.Trigger,
        TriggerFilters = s.TriggerFilters,
        ExitOnReply = s.ExitOnReply, ExitOnStatus = s.ExitOnStatus, Steps = s.Steps, StepsVersion = s.StepsVersion, CreatedBy = s.CreatedBy,
        CreatedAt = s.CreatedAt,
        UpdatedAt = s.UpdatedAt, Version = s.Version,
    };

    internal static readonly Func<Sequence, SequenceResponse> Of = Projection.Compile();
}
