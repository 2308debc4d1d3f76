using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Listings;

internal static class CreateProperty
{
    /// <summary>Adds a property to the pipeline, on the stage <c>new</c> unless the body names another open one.</summary>
    public static async Task<Created<PropertyResponse>> Handle(
        CreatePropertyRequest request, PropertiesDb db, CurrentUser user, IOrganizationDirectory organizations, TimeProvider clock, CancellationToken ct)
    {
        var defaults = await organizations.DefaultsAsync(ct);
        await organizations.RequireAsync(request.TeamId, request.AssignedUserId, ct);
        var property = new Property { Currency = defaults.Currency, Country = defaults.Country };
        request.ApplyTo(property);
        property.TeamId ??= user.Principal.TeamId;
        property.StartAt(request.CurrentStage ?? PropertyStage.New, clock.Now());
        db.Add(property);
        await db.SaveChangesAsync(ct);
        db.Add(new StageMove { PropertyId = property.Id, ToStage = property.CurrentStage, MovedBy = user.Id, MovedAt = clock.Now() });
        db.Note(property, "property_created", "Property Added to Pipeline", $"Added {property.Address}");
        db.Raise(() => new PropertyCreated(property.Id, property.TeamId, property.AssignedUserId, property.CurrentStage, property.Address, user.Id));
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/properties/{property.Id.Value}", PropertyResponse.Of(property));
    }
}
