using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Crm.Clients;

/// <example>{"activity_type": "call", "subject": "After the viewing", "description": "Likes the view, wants a lower floor."}</example>
public sealed record AddClientActivityRequest : IRequestBody<AddClientActivityRequest>
{
    /// <summary>A word of the office's own: viewing, call, signing …</summary>
    [MaxLength(60)] public string? ActivityType { get; init; }
    [MaxLength(300)] public string? Subject { get; init; }
    public string? Description { get; init; }
    public DateTimeOffset? ScheduledAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public JsonElement? Metadata { get; init; }
}

internal sealed class AddClientActivityValidator : AbstractValidator<AddClientActivityRequest>
{
    public AddClientActivityValidator()
    {
        RuleFor(a => a.ActivityType).NotEmpty();
        RuleFor(a => a.Description).NotEmpty();
    }
}

public sealed record ClientActivityResponse(
    ClientActivityId Id, OrganizationId OrganizationId, ClientId ClientId, string ActivityType, string? Subject, string Description, DateTimeOffset? ScheduledAt,
    DateTimeOffset? CompletedAt, JsonElement? Metadata, UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static readonly Expression<Func<ClientActivity, ClientActivityResponse>> Projection = a => new ClientActivityResponse(
        a.Id, a.OrganizationId, a.ClientId, a.ActivityType, a.Subject, a.Description, a.ScheduledAt, a.CompletedAt, a.Metadata, a.CreatedBy, a.CreatedAt, a.UpdatedAt);

    internal static readonly Func<ClientActivity, ClientActivityResponse> Of = Projection.Compile();
}

internal static class ClientActivities
{
    private static readonly ListSpec<ClientActivity> Spec = new ListSpec<ClientActivity>()
        .Is("activity_type", a => a.ActivityType)
        .Range("scheduled_at", a => a.ScheduledAt)
        .Range("created_at", a => a.CreatedAt)
        .Sort("created_at", a => a.CreatedAt).Sort("scheduled_at", a => a.ScheduledAt)
        .By("-created_at");

    /// <summary>Records what was done for the client or is planned.</summary>
    public static async Task<Results<Created<ClientActivityResponse>, NotFound>> Add(ClientId id, AddClientActivityRequest request, CrmDb db, CurrentUser user, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, CrmPermissions.Update, ct) is not { } client) return TypedResults.NotFound();
        var activity = new ClientActivity
        {
            ClientId = id, ActivityType = request.ActivityType!, Subject = request.Subject, Description = request.Description!, ScheduledAt = request.ScheduledAt,
            CompletedAt = request.CompletedAt, Metadata = request.Metadata,
        };
        db.Add(activity);
        db.Note(client, "activity_added", "Activity Recorded", $"{activity.ActivityType}: {activity.Subject ?? activity.Description}");
        await db.SaveChangesAsync(ct);
        return TypedResults.Created((string?)null, ClientActivityResponse.Of(activity));
    }

    /// <summary>What was done for the client, the latest first.</summary>
    public static async Task<Results<ListResult<ClientActivityResponse>, NotFound>> List(ClientId id, ListRequest list, CrmDb db, CurrentUser user, CancellationToken ct) =>
        await db.SeesAsync(id, user, ct)
            ? await list.PageAsync(db.Activities.AsNoTracking().Where(a => a.ClientId == id), Spec, a => a.Id, ClientActivityResponse.Projection, ct)
            : TypedResults.NotFound();
}
