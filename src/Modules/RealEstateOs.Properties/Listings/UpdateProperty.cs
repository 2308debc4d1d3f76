using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Listings;

internal static class UpdateProperty
{
    /// <summary>
    /// Changes the members that are present; <c>current_stage</c> moves the card, and an illegal move names the legal ones.
    /// </summary>
    public static async Task<Results<Ok<PropertyResponse>, NotFound>> Handle(
        PropertyId id, UpdatePropertyRequest request, PropertiesDb db, CurrentUser user, IOrganizationDirectory organizations,
        TimeProvider clock, CancellationToken ct)
    {
        var property = await db.FindAsync(id, user, PropertiesPermissions.Update, ct);
        if (property is null) return TypedResults.NotFound();
        await organizations.RequireAsync(request.TeamId, request.AssignedUserId, ct);
        request.ApplyTo(property);
        if (request.CurrentStage is { } stage && property.MoveTo(stage, user.Id, clock.Now()) is { } move) db.Record(property, move);
        await db.SaveAsync(property, user.Id, ct);
        return TypedResults.Ok(PropertyResponse.Of(property));
    }
}
