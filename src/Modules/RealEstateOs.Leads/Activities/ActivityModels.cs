using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Leads.Activities;

/// <summary>The members of an activity that a client may write.</summary>
public abstract record ActivityFields : PartialBody
{
    /// <summary>Also taken as <c>type</c>.</summary>
    [Alias("type")] public LeadActivityType? ActivityType { get; init; }
    /// <summary>Default <c>outbound</c>: the office reached out.</summary>
    public ActivityDirection? Direction { get; init; }
    /// <summary>One line for lists and calendars; without a description it is enough.</summary>
    [MaxLength(300)] public string? Subject { get; init; }
    /// <summary>Also taken as <c>notes</c>.</summary>
    [Alias("notes")] public string? Description { get; init; }
    /// <summary>What came of it; <c>cancelled</c> calls it off.</summary>
    [MaxLength(300)] public string? Outcome { get; init; }
    /// <summary>When it is planned for; one in the future that is not completed counts as no contact yet.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }
    /// <summary>When it was done; null is planned or open.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
    /// <summary>The home that is shown or talked about; its address is the place in agenda and calendar.</summary>
    public PropertyId? PropertyId { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }

    internal void ApplyTo(LeadActivity activity)
    {
        activity.ActivityType = ActivityType ?? activity.ActivityType;
        activity.Direction = Direction ?? activity.Direction;
        activity.Subject = Given(Subject, activity.Subject);
        activity.Description = Given(Description, activity.Description) ?? "";
        activity.Outcome = Given(Outcome, activity.Outcome);
        activity.ScheduledAt = Given(ScheduledAt, activity.ScheduledAt);
        activity.CompletedAt = Given(CompletedAt, activity.CompletedAt);
        activity.PropertyId = Given(PropertyId, activity.PropertyId);
        activity.Metadata = Given(Metadata, activity.Metadata);
    }
}

/// <example>{"activity_type": "viewing", "property_id": 1, "subject": "Marina Heights 1204", "description": "Meet at the lobby.",
/// "scheduled_at": "2026-12-01T09:00:00Z"}</example>
public sealed record AddLeadActivityRequest : ActivityFields, IRequestBody<AddLeadActivityRequest>;

/// <example>{"outcome": "Will make an offer", "completed_at": "2026-12-01T10:00:00Z"}</example>
public sealed record UpdateLeadActivityRequest : ActivityFields, IRequestBody<UpdateLeadActivityRequest>;

internal sealed class AddLeadActivityValidator : AbstractValidator<AddLeadActivityRequest>
{
    public AddLeadActivityValidator()
    {
        RuleFor(a => a.ActivityType).NotNull();
        RuleFor(a => a.Description).NotEmpty().When(a => string.IsNullOrWhiteSpace(a.Subject));
    }
}

internal sealed class UpdateLeadActivityValidator : AbstractValidator<UpdateLeadActivityRequest>
{
    public UpdateLeadActivityValidator() => RuleFor(a => a.Description).NotNull().When(a => a.Has(nameof(a.Description)));
}

/// <param name="IsCancelled">Called off: its <paramref name="Outcome"/> says cancelled.</param>
/// <param name="Direction"><c>inbound</c> came from the lead.</param>
/// <param name="ActivityType">What was done or is planned; a viewing is one with a property.</param>
/// <param name="Description">What was done or said; empty where the subject says all.</param>
/// <inheritdoc cref="ActivityFields"/>
public sealed record LeadActivityResponse(
    LeadActivityId Id, OrganizationId OrganizationId, LeadId LeadId, LeadActivityType ActivityType, ActivityDirection Direction,
    string? Subject, string Description,
    string? Outcome, bool IsCancelled, DateTimeOffset? ScheduledAt, DateTimeOffset? CompletedAt, PropertyId? PropertyId,
    JsonElement? Metadata, UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static readonly Expression<Func<LeadActivity, LeadActivityResponse>> Projection = a => new LeadActivityResponse(
        a.Id, a.OrganizationId, a.LeadId, a.ActivityType, a.Direction, a.Subject, a.Description, a.Outcome, a.IsCancelled, a.ScheduledAt,
        a.CompletedAt, a.PropertyId, a.Metadata,
        a.CreatedBy, a.CreatedAt, a.UpdatedAt);

    internal static readonly Func<LeadActivity, LeadActivityResponse> Of = Projection.Compile();
}
