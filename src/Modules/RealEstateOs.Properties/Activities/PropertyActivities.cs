using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties.Activities;

/// <example>{"activity_type": "call", "description": "Spoke with the owner about the price."}</example>
public sealed record AddActivityRequest : IRequestBody<AddActivityRequest>
{
    /// <summary>A word of the office's own: viewing, call, inspection … Also taken as <c>type</c>.</summary>
    [Alias("type"), MaxLength(60)] public string? ActivityType { get; init; }
    /// <summary>Also taken as <c>notes</c>.</summary>
    [Alias("notes")] public string? Description { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }
}

/// <param name="ActivityType">A word of the office's own: viewing, call, inspection …</param>
/// <param name="Description">What was done or said.</param>
/// <param name="Metadata">The free JSON object that came with it; null where none did.</param>
public sealed record ActivityResponse(
    PropertyActivityId Id, OrganizationId OrganizationId, PropertyId PropertyId, string ActivityType, string Description,
    JsonElement? Metadata,
    UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static readonly Expression<Func<PropertyActivity, ActivityResponse>> Projection = a =>
        new ActivityResponse(a.Id, a.OrganizationId, a.PropertyId, a.ActivityType, a.Description, a.Metadata, a.CreatedBy, a.CreatedAt,
            a.UpdatedAt);

    internal static readonly Func<PropertyActivity, ActivityResponse> Of = Projection.Compile();
}

internal sealed class AddActivityValidator : AbstractValidator<AddActivityRequest>
{
    public AddActivityValidator()
    {
        RuleFor(a => a.ActivityType).NotEmpty();
        RuleFor(a => a.Description).NotEmpty();
    }
}

internal static class PropertyActivities
{
    private static readonly ListSpec<PropertyActivity> Spec = new ListSpec<PropertyActivity>()
        .Is("activity_type", a => a.ActivityType)
        .Range("created_at", a => a.CreatedAt)
        .Sort("created_at", a => a.CreatedAt)
        .By("-created_at");

    /// <summary>Records what was done about the property.</summary>
    public static async Task<Results<Created<ActivityResponse>, NotFound>> Add(PropertyId id, AddActivityRequest request, PropertiesDb db,
        CurrentUser user, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, PropertiesPermissions.Update, ct) is not { } property) return TypedResults.NotFound();
        var activity = new PropertyActivity { PropertyId = id, ActivityType = request.ActivityType!, Description = request.Description!,
            Metadata = request.Metadata };
        db.Add(activity);
        db.AddTimeline(property, "activity_added", "Activity Recorded", $"{activity.ActivityType}: {activity.Description}");
        await db.SaveChangesAsync(ct);
        return TypedResults.Created((string?)null, ActivityResponse.Of(activity));
    }

    /// <summary>What was done about the property, the latest first.</summary>
    public static async Task<Results<ListResult<ActivityResponse>, NotFound>> List(PropertyId id, ListRequest list, PropertiesDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.Activities.AsNoTracking().Where(a => a.PropertyId == id), Spec, a => a.Id,
                    ActivityResponse.Projection, ct)
                : TypedResults.NotFound();
}
