using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads.Routing;

/// <summary>
/// The members of a routing rule. Rules are tried by position; the first that fits and is at work gives the lead to its next agent.
/// </summary>
public abstract record RuleFields : PartialBody
{
    /// <summary>What the office calls the rule, such as Marina apartments.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>Lower ones first; default 0.</summary>
    public int? Position { get; init; }
    /// <summary>false sets the rule aside.</summary>
    public bool? IsActive { get; init; }
    /// <summary>Who takes turns.</summary>
    public UserId[]? AgentIds { get; init; }
    /// <summary>Parts of the names of the lead's area or its property's city, community or building.</summary>
    [MaxLength(200)] public string[]? Areas { get; init; }
    /// <summary>What the lead looks for, or its property is; none means any.</summary>
    public PropertyType[]? PropertyTypes { get; init; }
    /// <summary>None means any.</summary>
    public LeadSource[]? Sources { get; init; }
    /// <summary>In the organization's currency; a lead without a budget does not fit.</summary>
    public decimal? MinBudget { get; init; }
    /// <summary>In the organization's currency.</summary>
    public decimal? MaxBudget { get; init; }
    /// <summary>monday … sunday, in the organization's time zone; none means every day.</summary>
    public DayOfWeek[]? WorkingDays { get; init; }
    /// <summary>HH:MM, in the organization's time zone.</summary>
    public TimeOnly? WorkStartsAt { get; init; }
    /// <summary>HH:MM; before the start it is the next morning.</summary>
    public TimeOnly? WorkEndsAt { get; init; }
    /// <summary>A new lead without any activity goes to the next agent after so many minutes, once.</summary>
    public int? ReassignAfterMinutes { get; init; }

    internal void ApplyTo(AssignmentRule rule)
    {
        rule.Name = Given(Name, rule.Name)!;
        rule.Position = Position ?? rule.Position;
        rule.IsActive = IsActive ?? rule.IsActive;
        if (AgentIds is not null) rule.AgentIds = [.. AgentIds.Select(a => a.Value).Distinct()];
        rule.Areas = Given(Areas, rule.Areas) ?? [];
        if (Has(nameof(PropertyTypes))) rule.PropertyTypes = [.. (PropertyTypes ?? []).Select(Vocabulary.Word)];
        if (Has(nameof(Sources))) rule.Sources = [.. (Sources ?? []).Select(Vocabulary.Word)];
        rule.MinBudget = Given(MinBudget, rule.MinBudget);
        rule.MaxBudget = Given(MaxBudget, rule.MaxBudget);
        if (Has(nameof(WorkingDays))) rule.WorkingDays = [.. (WorkingDays ?? []).Select(Vocabulary.Word)];
        rule.WorkStartsAt = Given(WorkStartsAt, rule.WorkStartsAt);
        rule.WorkEndsAt = Given(WorkEndsAt, rule.WorkEndsAt);
        rule.ReassignAfterMinutes = Given(ReassignAfterMinutes, rule.ReassignAfterMinutes);
    }
}

/// <example>{"name": "Marina apartments", "agent_ids": [1], "areas": ["Dubai Marina"], "property_types": ["apartment"],
/// "reassign_after_minutes": 30}</example>
public sealed record CreateRuleRequest : RuleFields, IRequestBody<CreateRuleRequest>;

/// <example>{"reassign_after_minutes": 60}</example>
public sealed record UpdateRuleRequest : RuleFields, IRequestBody<UpdateRuleRequest>;

internal abstract class RuleFieldsValidator<T> : AbstractValidator<T> where T : RuleFields
{
    protected RuleFieldsValidator()
    {
        RuleFor(r => r.AgentIds).Must(a => a is null || a.Length is > 0 and <= 500).WithMessage("must name 1 to 500 agents");
        RuleFor(r => r.Areas).Must(a => a is null || a.All(x => !string.IsNullOrWhiteSpace(x))).WithMessage("must not contain empty names");
        RuleFor(r => r.MinBudget).GreaterThanOrEqualTo(0);
        RuleFor(r => r.MaxBudget).GreaterThanOrEqualTo(0);
        RuleFor(r => r.ReassignAfterMinutes).InclusiveBetween(1, 60 * 24 * 30);
    }
}

internal sealed class CreateRuleValidator : RuleFieldsValidator<CreateRuleRequest>
{
    public CreateRuleValidator()
    {
        RuleFor(r => r.Name).NotEmpty();
        RuleFor(r => r.AgentIds).NotEmpty();
    }
}

internal sealed class UpdateRuleValidator : RuleFieldsValidator<UpdateRuleRequest>
{
    public UpdateRuleValidator()
    {
        RuleFor(r => r.Name).NotEmpty().When(r => r.Has(nameof(r.Name)));
        RuleFor(r => r.AgentIds).NotEmpty().When(r => r.Has(nameof(r.AgentIds)));
    }
}

/// <summary>A routing rule as the API shows it.</summary>
/// <inheritdoc cref="RuleFields"/>
public sealed record RuleResponse : EntityResponse<AssignmentRuleId>
{
    public required string Name { get; init; }
    public int Position { get; init; }
    public bool IsActive { get; init; }
    public required long[] AgentIds { get; init; }
    public required string[] Areas { get; init; }
    public required string[] PropertyTypes { get; init; }
    public required string[] Sources { get; init; }
    public decimal? MinBudget { get; init; }
    public decimal? MaxBudget { get; init; }
    public required string[] WorkingDays { get; init; }
    public TimeOnly? WorkStartsAt { get; init; }
    public TimeOnly? WorkEndsAt { get; init; }
    public int? ReassignAfterMinutes { get; init; }

    internal static readonly Expression<Func<AssignmentRule, RuleResponse>> Projection = r => new RuleResponse
    {
        Id = r.Id, OrganizationId = r.OrganizationId, Name = r.Name, Position = r.Position, IsActive = r.IsActive, AgentIds = r.AgentIds,
        Areas = r.Areas,
        PropertyTypes = r.PropertyTypes, Sources = r.Sources, MinBudget = r.MinBudget, MaxBudget = r.MaxBudget, WorkingDays = r.WorkingDays,
        WorkStartsAt = r.WorkStartsAt, WorkEndsAt = r.WorkEndsAt, ReassignAfterMinutes = r.ReassignAfterMinutes, CreatedBy = r.CreatedBy,
        CreatedAt = r.CreatedAt, UpdatedAt = r.UpdatedAt, Version = r.Version,
    };

    internal static readonly Func<AssignmentRule, RuleResponse> Of = Projection.Compile();
}
