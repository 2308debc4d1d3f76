using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Properties.Listings;

internal static class CreateProperty
{
    /// <summary>Adds a property to the pipeline. It begins on the stage <c>new</c> unless the body names another open one, and is the
    /// agent's who enters it unless <c>assigned_user_id</c> says otherwise; what an administrator enters is nobody's.</summary>
    public static async Task<Created<PropertyResponse>> Handle(
        CreatePropertyRequest request, PropertiesDb db, CurrentUser user, IOrganizationDirectory organizations, CancellationToken ct)
    {
        var defaults = await organizations.DefaultsAsync(ct);
        await organizations.RequireAsync(request.TeamId, request.AssignedUserId, ct);
        var property = new Property { Currency = defaults.Currency, Country = defaults.Country };
        request.ApplyTo(property);
        property.TeamId ??= user.Principal.TeamId;
        if (!request.Has(nameof(request.AssignedUserId))) property.AssignedUserId = user.EntersFor;
        await db.EnterAsync(property, request.CurrentStage ?? PropertyStage.New, ct);
        return TypedResults.Created($"/api/v1/properties/{property.Id.Value}", PropertyResponse.Of(property));
    }
}
