using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Properties.Listings;

internal static class ListProperties
{
    private static readonly ListSpec<Property> Spec = new ListSpec<Property>()
        .Is("team_id", p => p.TeamId)
        .Is("stage", p => p.CurrentStage, "current_stage")
        .Is("status", p => p.Status)
        .Is("purpose", p => p.Purpose)
        .Is("rent_period", p => p.RentPeriod)
        .Is("property_type", p => p.PropertyType)
        .Is("assigned_user_id", p => p.AssignedUserId)
        .Is("created_by", p => p.CreatedBy)
        .Is("city", p => p.City)
        .Is("state", p => p.State)
        .Is("zip_code", p => p.ZipCode)
        .Is("country", p => p.Country)
        .Is("community", p => p.Community)
        .Is("external_id", p => p.ExternalId)
        .Is("currency", p => p.Currency)
        .Is("bedrooms", p => p.Bedrooms)
        .Is("bathrooms", p => p.Bathrooms)
        .Flag("has_memo", p => p.HasMemo)
        .Flag("has_reply", p => p.HasReply)
        .Range("bird_dog_score", p => p.BirdDogScore)
        .Range("price", p => p.Price)
        .Range("estimated_value", p => p.EstimatedValue)
        .Range("bedrooms", p => p.Bedrooms)
        .Range("bathrooms", p => p.Bathrooms)
        .Range("square_feet", p => p.SquareFeet)
        .Range("lot_size", p => p.LotSize)
        .Range("year_built", p => p.YearBuilt)
        .Range("created_at", p => p.CreatedAt)
        .Range("updated_at", p => p.UpdatedAt)
        .Range("last_contact_at", p => p.LastContactAt)
        .Range("memo_generated_at", p => p.MemoGeneratedAt)
        .HasAll("tags", tags => p => tags.All(tag => p.Tags.Contains(tag)))
        .Search("address, city, community, building, developer, owner, zip code, permit number, external id and description",
            p => p.SearchVector)
        .Sort("created_at", p => p.CreatedAt).Sort("updated_at", p => p.UpdatedAt).Sort("price", p => p.Price)
        .Sort("estimated_value", p => p.EstimatedValue).Sort("bird_dog_score", p => p.BirdDogScore).Sort("bedrooms", p => p.Bedrooms)
        .Sort("square_feet", p => p.SquareFeet).Sort("year_built", p => p.YearBuilt).Sort("address", p => p.Address).Sort("city",
            p => p.City)
        .Sort("stage_changed_at", p => p.StageChangedAt).Sort("last_contact_at", p => p.LastContactAt)
        .Sort("memo_generated_at", p => p.MemoGeneratedAt)
        .By("-created_at");

    /// <summary>
    /// The properties that match all filters. Bounds of price and estimated value are in the <c>currency</c> of the query, else in the
    /// organization's: properties in others are not compared with them. With <c>near</c> they come by distance, as <c>distance_km</c>.
    /// </summary>
    /// <param name="near">Latitude and longitude, as 25.0805,55.1403: only what lies around, the nearest first.</param>
    /// <param name="radiusKm">How far around <c>near</c>: up to 500, default 5.</param>
    public static async Task<ListResult<PropertyResponse>> Handle(ListRequest list, PropertiesDb db, CurrentUser user,
        IOrganizationDirectory organizations, CancellationToken ct, string? near = null,
        [FromQuery(Name = "radius_km")] double? radiusKm = null)
    {
        var properties = db.Properties.AsNoTracking().VisibleTo(user, PropertiesPermissions.Read);
        if (list.BoundsWithoutCurrency("price", "estimated_value"))
        {
            var home = (await organizations.DefaultsAsync(ct)).Currency;
            properties = properties.Where(p => p.Currency == home);
        }
        return Surroundings.Read(list, near, radiusKm) is { } around
            ? await list.PageAsync(around.Of(properties), Spec.By("distance", around.Distance), p => p.Id, around.Shown(), ct)
            : await list.PageAsync(properties, Spec, p => p.Id, PropertyResponse.Projection, ct);
    }
}
