using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Syndication.Portals;

/// <summary>What the portal calls: with events, and for photographs.</summary>
internal static class PortalDoor
{
    private const int MostBytes = 256 * 1024;

    /// <summary>
    /// Takes an event, signed by a hex HMAC-SHA256 of the body in X-Signature. What it is about and is not ours is thanked for, too: the
    /// portal would send it again for ever.
    /// </summary>
    public static async Task<IResult> Receive(string token, HttpRequest request, IServiceScopeFactory scopes, DataSources sources,
        TimeProvider clock, CancellationToken ct)
    {
        if (request.ContentLength > MostBytes) throw Problem.TooLarge("An event may have 256 KB.");
        await using var scope = await OpenAsync(token, scopes, sources, ct);
        if (scope is not { } opened) return Results.NotFound();
        var services = opened.ServiceProvider;
        var db = services.GetRequiredService<SyndicationDb>();
        var account = await db.PortalAccounts.AsNoTracking().FirstAsync(a => a.Token == token, ct);
        var body = await ReadAsync(request.Body, ct);
        var secret = services.GetRequiredService<PortalSeal>().Open(account.WebhookSecret, account.OrganizationId);
        if (secret is null || !IsSigned(body, secret, request.Headers["X-Signature"].ToString()))
            throw Problem.NotAuthenticated(detail: "The event is not signed with the secret of its subscription.");
        using var json = Parse(body);
        var (type, entity) = (PropertyFinderClient.Text(json.RootElement, "type"),
            json.RootElement.TryGetProperty("entity", out var about) ? PropertyFinderClient.Text(about, "id") : null);
        var payload = json.RootElement.TryGetProperty("payload", out var given) ? given : default;
        var external = entity ?? (payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("listing", out var listed)
            ? PropertyFinderClient.Text(listed, "id") : null);
        var listing = external is null ? null
            : await db.PortalListings.FirstOrDefaultAsync(l => l.Portal == account.Portal && l.ExternalId == external, ct);
        if (listing is not null && Apply(listing, type, payload, clock.Now()))
        {
            db.Raise(() => PortalListingChanges.Of(listing));
            await db.SaveChangesAsync(ct);
        }
        return Results.NoContent();
    }

    /// <summary>A photograph of a listing, as portals want it: JPEG, at most 1600 pixels.</summary>
    public static async Task<IResult> Photo(string token, long property, int number, HttpContext http, IServiceScopeFactory scopes,
        DataSources sources, CancellationToken ct)
    {
        await using var scope = await OpenAsync(token, scopes, sources, ct);
        if (scope is not { } opened || number < 0) return Results.NotFound();
        var id = new PropertyId(property);
        if (!await opened.ServiceProvider.GetRequiredService<SyndicationDb>().PortalListings.AnyAsync(l => l.PropertyId == id, ct))
            return Results.NotFound();
        var listing = (await opened.ServiceProvider.GetRequiredService<IListings>().SnapshotsAsync([id], ct)).GetValueOrDefault(id);
        if (listing is null || number >= listing.Pictures.Count) return Results.NotFound();
        var picture = listing.Pictures[number];
        if (await opened.ServiceProvider.GetRequiredService<IAdvertPictures>().JpegAsync(picture, PictureFrame.Uncut(1600), ct)
            is not { } jpeg) return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Bytes(jpeg, "image/jpeg");
    }

    /// <summary>True where it tells something new.</summary>
    private static bool Apply(PortalListing listing, string? type, JsonElement payload, DateTimeOffset now)
    {
        switch (type)
        {
            case "listing.published" when listing.Wanted == PortalWish.Live && listing.Status != PortalListingStatus.Live:
                listing.GoLive(now);
                return true;
            case "listing.unpublished" when listing.Wanted == PortalWish.Withdrawn && listing.Status != PortalListingStatus.Withdrawn:
                listing.Leave(listing.Problems);
                return true;
            case "listing.unpublished" when listing.Status == PortalListingStatus.Live:
                (listing.Status, listing.LiveAt, listing.Problems) = (PortalListingStatus.TakenDown, null,
                    ["The portal took it off, or somebody did there. Publish it again if it may be."]);
                return true;
            case "listing.action" when PropertyFinderClient.Text(payload, "actionType") is { } action:
                var open = PropertyFinderClient.Text(payload, "status") is "pending" or "dispute_created";
                var due = DateTimeOffset.TryParse(PropertyFinderClient.Text(payload, "expiresAt"), CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : (DateTimeOffset?)null;
                var (wanted, until) = open ? (action.Shortened(100), due) : (null, null);
                if (!open && listing.Action != action || listing.Action == wanted && listing.ActionDueAt == until) return false;
                (listing.Action, listing.ActionDueAt) = (wanted, until);
                return true;
            default:
                return false;
        }
    }

    internal static string Sign(byte[] body, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static bool IsSigned(byte[] body, string secret, string signature) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Sign(body, secret)), Encoding.ASCII.GetBytes(signature.Trim().ToLowerInvariant()));

    private static async Task<byte[]> ReadAsync(Stream from, CancellationToken ct)
    {
        using var to = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(chunk, ct)) > 0)
        {
            if (to.Length + read > MostBytes) throw Problem.TooLarge("An event may have 256 KB.");
            to.Write(chunk, 0, read);
        }
        return to.ToArray();
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw Problem.Malformed("The event is no JSON object.");
        }
        catch (JsonException)
        {
            throw Problem.Malformed("The event is no JSON.");
        }
    }

    private static async Task<AsyncServiceScope?> OpenAsync(string token, IServiceScopeFactory scopes, DataSources sources,
        CancellationToken ct)
    {
        if (token.Length is < 20 or > 64) return null;
        // Whose account it is, only the token says.
        await using var command = sources.System.CreateCommand("select organization_id from syndication.portal_accounts where token = $1");
        command.Parameters.Add(new() { Value = token });
        return await command.ExecuteScalarAsync(ct) is long id ? scopes.CreateTenantScope(new OrganizationId(id)) : null;
    }
}
