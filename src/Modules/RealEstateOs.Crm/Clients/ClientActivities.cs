using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Crm.Clients;

/// <summary>The members of an activity that a client may write.</summary>
public abstract record ClientActivityFields : PartialBody
{
    /// <summary>A word of the office's own: viewing, call, signing … Also taken as <c>type</c>.</summary>
    [Alias("type"), MaxLength(60)] public string? ActivityType { get; init; }
    /// <summary>One line for lists and calendars; without a description it is enough.</summary>
    [MaxLength(300)] public string? Subject { get; init; }
    /// <summary>What was done or said, or what is planned. Also taken as <c>notes</c>.</summary>
    [Alias("notes")] public string? Description { get; init; }
    /// <summary>What came of it; <c>cancelled</c> calls it off.</summary>
    [MaxLength(300)] public string? Outcome { get; init; }
    /// <summary>When it is planned for.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }
    /// <summary>When it was done; null is planned or open.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
    /// <summary>The home that is shown or talked about; its address is the place in agenda and calendar.</summary>
    public PropertyId? PropertyId { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }

    internal void ApplyTo(ClientActivity activity)
    {
        activity.ActivityType = ActivityType ?? activity.ActivityType;
        activity.Subject = Given(Subject, activity.Subject);
        activity.Description = Given(Description, activity.Description) ?? "";
        activity.Outcome = Given(Outcome, activity.Outcome);
        activity.ScheduledAt = Given(ScheduledAt, activity.ScheduledAt);
        activity.CompletedAt = Given(CompletedAt, activity.CompletedAt);
        activity.PropertyId = Given(PropertyId, activity.PropertyId);
        activity.Metadata = Given(Metadata, activity.Metadata);
    }
}

/// <example>{"activity_type": "viewing", "property_id": 1, "subject": "Second look", "description": "Meet at the lobby.",
/// "scheduled_at": "2026-12-01T09:00:00Z"}</example>
public sealed record AddClientActivityRequest : ClientActivityFields, IRequestBody<AddClientActivityRequest>;

/// <example>{"outcome": "Will make an offer", "completed_at": "2026-12-01T10:00:00Z"}</example>
public sealed record UpdateClientActivityRequest : ClientActivityFields, IRequestBody<UpdateClientActivityRequest>;

internal sealed class AddClientActivityValidator : AbstractValidator<AddClientActivityRequest>
{
    public AddClientActivityValidator()
    {
        RuleFor(a => a.ActivityType).NotEmpty();
        RuleFor(a => a.Description).NotEmpty().When(a => string.IsNullOrWhiteSpace(a.Subject));
    }
}

internal sealed class UpdateClientActivityValidator : AbstractValidator<UpdateClientActivityRequest>
{
    public UpdateClientActivityValidator()
    {
        RuleFor(a => a.ActivityType).NotEmpty().When(a => a.Has(nameof(a.ActivityType)));
        RuleFor(a => a.Description).NotNull().When(a => a.Has(nameof(a.Description)));
    }
}

/// <param name="IsCancelled">Called off: its <paramref name="Outcome"/> says cancelled.</param>
/// <param name="ActivityType">A word of the office's own: viewing, call, signing …</param>
/// <param name="Description">What was done or said, or what is planned; empty where the subject says all.</param>
/// <inheritdoc cref="ClientActivityFields"/>
public sealed record ClientActivityResponse(
    ClientActivityId Id, OrganizationId OrganizationId, ClientId ClientId, string ActivityType, string? Subject, string Description,
    string? Outcome, bool IsCancelled, DateTimeOffset? ScheduledAt, DateTimeOffset? CompletedAt, PropertyId? PropertyId,
    JsonElement? Metadata, UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static readonly Expression<Func<ClientActivity, ClientActivityResponse>> Projection = a => new ClientActivityResponse(
        a.Id, a.OrganizationId, a.ClientId, a.ActivityType, a.Subject, a.Description, a.Outcome, a.IsCancelled, a.ScheduledAt,
        a.CompletedAt, a.PropertyId, a.Metadata, a.CreatedBy, a.CreatedAt, a.UpdatedAt);

    internal static readonly Func<ClientActivity, ClientActivityResponse> Of = Projection.Compile();
}

internal static class ClientActivities
{
    private static readonly ListSpec<ClientActivity> Spec = new ListSpec<ClientActivity>()
        .Is("activity_type", a => a.ActivityType)
        .Flag("is_cancelled", a => a.IsCancelled)
        .Range("scheduled_at", a => a.ScheduledAt)
        .Range("created_at", a => a.CreatedAt)
        .Sort("created_at", a => a.CreatedAt).Sort("scheduled_at", a => a.ScheduledAt)
        .By("-created_at");

    /// <summary>Records what was done for the client or is planned.</summary>
    public static async Task<Results<Created<ClientActivityResponse>, NotFound>> Add(ClientId id, AddClientActivityRequest request,
        CrmDb db, CurrentUser user, IPropertyReader properties, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, CrmPermissions.Update, ct) is not { } client) return TypedResults.NotFound();
        if (request.PropertyId is { } property) await properties.RequireAsync([property], ct);
        var activity = new ClientActivity { ClientId = id };
        request.ApplyTo(activity);
        db.Add(activity);
        db.AddHistory(client, "activity_added", "Activity Recorded",
            $"{activity.ActivityType}: {activity.Subject ?? activity.Description}");
        await db.SaveChangesAsync(ct);
        await db.TellViewingAsync(client, activity, null, ct);
        return TypedResults.Created((string?)null, ClientActivityResponse.Of(activity));
    }

    /// <summary>Changes an activity: its outcome, its time, that it is done.</summary>
    public static async Task<Results<Ok<ClientActivityResponse>, NotFound>> Update(
        ClientId id, ClientActivityId activityId, UpdateClientActivityRequest request, CrmDb db, CurrentUser user,
        IPropertyReader properties, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, CrmPermissions.Update, ct) is not { } client) return TypedResults.NotFound();
        if (await db.Activities.FirstOrDefaultAsync(a => a.Id == activityId && a.ClientId == id, ct) is not { } activity)
            return TypedResults.NotFound();
        if (request.PropertyId is { } property && property != activity.PropertyId) await properties.RequireAsync([property], ct);
        var planned = activity.Kind == AgendaKind.Viewing ? activity.ScheduledAt : null;
        request.ApplyTo(activity);
        await db.SaveChangesAsync(ct);
        await db.TellViewingAsync(client, activity, planned, ct);
        return TypedResults.Ok(ClientActivityResponse.Of(activity));
    }

    /// <summary>What was done for the client, the latest first.</summary>
    public static async Task<Results<ListResult<ClientActivityResponse>, NotFound>> List(ClientId id, ListRequest list, CrmDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.Activities.AsNoTracking().Where(a => a.ClientId == id), Spec, a => a.Id,
                    ClientActivityResponse.Projection, ct)
                : TypedResults.NotFound();
}
