using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;
using SkiaSharp;

namespace RealEstateOs.ApiTests.Marketing;

/// <summary>What marketing tests do every day: an office that may advertise, packages, waiting for files.</summary>
internal static class MarketingDesk
{
    public const string Campaigns = "/api/v1/marketing/campaigns";

    /// <summary>A property of Dubai with everything that its rules ask for.</summary>
    public static Task<long> NewListingAsync(this Office office, params (string Name, object? Value)[] members) =>
        office.Admin.NewListingAsync(office.AdminId, members);

    /// <summary>The same by an administrator of any host.</summary>
    public static async Task<long> NewListingAsync(this Actor admin, long adminId, params (string Name, object? Value)[] members)
    {
        (await admin.PatchAsync("/api/v1/organization", new { currency = "AED", country = "AE", orn = "12345",
            address = "Office 4, Quay Tower, Dubai", time_zone = "Asia/Dubai" })).Must(200);
        (await admin.PutAsync($"/api/v1/marketing/agents/{adminId}", new { brn = "48213", brn_expires_on = "2099-12-31",
            advertiser_permit = "1", advertiser_permit_expires_on = "2099-12-31" })).Must(200);
        var id = (await admin.PostAsync("/api/v1/properties", Samples.Property(
        [
            ("community", "Dubai Marina"), ("building", "Marina Heights"), ("property_type", "apartment"), ("price", 2_450_000),
            ("bedrooms", 2), ("bathrooms", 2.5), ("square_feet", 1180), ("country", "AE"),
            ("description", "A living room with windows from wall to wall."), ("amenities", new[] { "swimming_pool", "balcony" }),
            ("permit_number", "0071158760954"), ("permit_expires_on", "2099-12-31"),
            ("assigned_user_id", adminId), .. members,
        ]))).Must(201).Id();
        await admin.AdvertiseAsync(id);
        return id;
    }

    public static Task AdvertiseAsync(this Office office, long property) => office.Admin.AdvertiseAsync(property);

    private static async Task AdvertiseAsync(this Actor admin, long property) =>
        (await admin.PutAsync($"/api/v1/marketing/adverts/{property}", new
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

    /// <summary>Photographs, each of another colour.</summary>
    public static Task AddPhotosAsync(this Office office, long property, int count) => office.Admin.AddPhotosAsync(property, count);

    public static async Task AddPhotosAsync(this Actor admin, long property, int count)
    {
        for (var i = 0; i < count; i++)
            (await admin.PostAsync($"/api/v1/properties/{property}/images",
                new MultipartFormDataContent { { new ByteArrayContent(Photo(i)), "file", $"photo-{i}.jpg" } })).Must(201);
    }

    private static byte[] Photo(int number)
    {
        using var surface = SKSurface.Create(new SKImageInfo(1600, 1067));
        surface.Canvas.Clear(SKColor.FromHsl(number * 29 % 360, 45, 55));
        using var light = new SKPaint { Color = SKColors.White.WithAlpha(90) };
        surface.Canvas.DrawCircle(300 + number * 80, 420, 240, light);
        using var image = surface.Snapshot();
        using var jpeg = image.Encode(SKEncodedImageFormat.Jpeg, 85);
        return jpeg.ToArray();
    }

    public static async Task<byte[]> FileAsync(this Office office, JsonElement asset)
    {
        var answer = await office.Server.Anonymous.GetAsync(asset.Text("url")!);
        Assert.Equal(200, answer.Status);
        return answer.Content;
    }
}
