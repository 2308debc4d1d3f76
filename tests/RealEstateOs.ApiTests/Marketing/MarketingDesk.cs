using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Marketing;

/// <summary>What marketing tests do every day: an office that may advertise, packages, waiting for files.</summary>
internal static class MarketingDesk
{
    public const string Campaigns = "/api/v1/marketing/campaigns";

    /// <summary>A property of Dubai with everything that its rules ask for.</summary>
    public static async Task<long> NewListingAsync(this Office office, params (string Name, object? Value)[] members)
    {
        (await office.Admin.PatchAsync("/api/v1/organization", new { currency = "AED", country = "AE", orn = "12345",
            address = "Office 4, Quay Tower, Dubai", time_zone = "Asia/Dubai" })).Must(200);
        (await office.Admin.PutAsync($"/api/v1/marketing/agents/{office.AdminId}", new { brn = "48213", brn_expires_on = "2099-12-31",
            advertiser_permit = "1", advertiser_permit_expires_on = "2099-12-31" })).Must(200);
        var id = await office.NewPropertyAsync(Samples.Property(
        [
            ("community", "Dubai Marina"), ("building", "Marina Heights"), ("property_type", "apartment"), ("price", 2_450_000),
            ("bedrooms", 2), ("bathrooms", 2.5), ("square_feet", 1180), ("country", "AE"),
            ("description", "A living room with windows from wall to wall."), ("amenities", new[] { "swimming_pool", "balcony" }),
            ("permit_number", "0071158760954"), ("permit_expires_on", "2099-12-31"),
            ("assigned_user_id", office.AdminId), .. members,
        ]));
        await office.AdvertiseAsync(id);
        return id;
    }

    public static async Task AdvertiseAsync(this Office office, long property) =>
        (await office.Admin.PutAsync($"/api/v1/marketing/adverts/{property}", new
        {
            purpose = "sale", permit_url = "https://permits.example.com/0071158760954", authority = "form_a",
            authority_signed_on = "2026-01-01", authority_expires_on = "2099-12-31",
        })).Must(200);

    /// <summary>A package whose files are made.</summary>
    public static async Task<(string Id, JsonElement Status)> NewPackageAsync(this Office office, long property, string[] channels,
        object? customizations = null, string type = "new_listing")
    {
        var started = (await office.Admin.PostAsync($"{Campaigns}/full-package",
            new { property_id = $"prop_{property}", campaign_type = type, target_channels = channels, customizations })).Must(202);
        var id = started.Text("campaign_id")!;
        return (id, await office.MadeAsync($"{Campaigns}/{id}/status"));
    }

    /// <summary>Waits until nothing is pending.</summary>
    public static Task<JsonElement> MadeAsync(this Office office, string path) => Eventually.UntilAsync(
        async () => (await office.Admin.GetAsync(path)).Must(200), made => made.Text("status") is not ("processing" or "queued"));

    public static async Task<JsonElement> ReviewAsync(this Office office, string campaign, string action, string? notes = null,
        Actor? by = null) =>
            (await (by ?? office.Admin).PostAsync($"{Campaigns}/{campaign}/approval", new { action, notes })).Must(200);

    public static async Task ApproveAsync(this Office office, string campaign)
    {
        await office.ReviewAsync(campaign, "submit_for_review");
        await office.ReviewAsync(campaign, "approve");
    }

    public static JsonElement Asset(this JsonElement status, string content, string? format = null) =>
        status.At("assets").Items().First(a => a.Text("content") == content && (format is null || a.Text("format") == format));

    public static async Task<byte[]> FileAsync(this Office office, JsonElement asset)
    {
        var answer = await office.Server.Anonymous.GetAsync(asset.Text("url")!);
        Assert.Equal(200, answer.Status);
        return answer.Content;
    }
}
