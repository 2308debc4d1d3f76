using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Marketing;

namespace RealEstateOs.ApiTests.Syndication;

/// <summary>What tests of portals do every day.</summary>
internal static class PortalVerbs
{
    /// <summary>A listing with everything that Property Finder's API asks for, and the office's account there.</summary>
    public static async Task<(long Property, PortalClient Portal)> ReadyForPortalAsync(this Actor admin, long adminId)
    {
        (await admin.PatchAsync($"/api/v1/users/{adminId}", new { phone = "+971 50 123 4567" })).Must(200);
        var property = await admin.NewListingAsync(adminId, ("latitude", 25.0805), ("longitude", 55.1403));
        await admin.AddPhotosAsync(property, 1);
        (await admin.PutAsync("/api/v1/marketing/settings", new { licence_number = "CN-1" })).Must(200);
        (await admin.PutAsync($"/api/v1/marketing/agents/{adminId}", new { property_finder_profile_id = 216582 })).Must(200);
        (await admin.PutAsync($"/api/v1/marketing/adverts/{property}", new { title = "Two bedrooms above the marina",
            furnishing = "unfurnished", property_finder_location_id = 50, down_payment = 0 })).Must(200);
        var portal = FakePropertyFinder.NewClient();
        (await admin.PutAsync("/api/v1/marketing/portals/property_finder/account",
            new { api_key = portal.Key, api_secret = portal.Secret })).Must(200);
        return (property, portal);
    }
}
