using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Syndication.Feeds;

/// <summary>What portals read, each behind the token in its address.</summary>
internal static class PublicFeeds
{
    /// <summary>The listings in the portal's own form; also RSS and JSON for websites.</summary>
    public static async Task<IResult> Read(string token, string form, IServiceScopeFactory scopes, DataSources sources,
        PublicAddress address, TimeProvider clock, CancellationToken ct)
    {
        if (form is not ("xml" or "json" or "rss")) return Results.NotFound();
        await using var opened = await OpenAsync(token, scopes, sources, ct);
        if (opened is null) return Results.NotFound();
        var desk = opened.Scope.ServiceProvider.GetRequiredService<FeedDesk>();
        var contents = await desk.CollectAsync(opened.Feed.Portal,
            (property, number) => address.Of($"/feeds/{token}/photos/{property.Value}-{number}.jpg"), ct);
        // Written whole before the first byte leaves: a feed that breaks off would take listings off the portal.
        using var body = new MemoryStream();
        switch (form, opened.Feed.Portal)
        {
            case ("json", _): await JsonSerializer.SerializeAsync(body, contents.Listings.Select(Plain), Json.Options, ct); break;
            case ("rss", _): RssFeed.Write(body, contents.Listings, address, clock.GetUtcNow()); break;
            case (_, Portal.PropertyFinder or Portal.Website): PropertyFinderFeed.Write(body, contents.Listings, clock.GetUtcNow()); break;
            default: BayutFeed.Write(body, opened.Feed.Portal, contents.Listings, contents.Deleted, clock.GetUtcNow()); break;
        }
        await desk.RememberAsync(opened.Feed.Portal, contents, ct);
        var db = opened.Scope.ServiceProvider.GetRequiredService<SyndicationDb>();
        var (id, now) = (opened.Feed.Id, clock.Now());
        await db.Feeds.Where(f => f.Id == id).ExecuteUpdateAsync(set => set.SetProperty(f => f.LastReadAt, now), ct);
        return Results.Bytes(body.ToArray(),
            form == "json" ? "application/json" : form == "rss" ? "application/rss+xml" : "application/xml");
    }

    /// <summary>A photograph of a listing, as portals want it: JPEG, at most 1600 pixels.</summary>
    public static async Task<IResult> Photo(string token, long property, int number, HttpContext http, IServiceScopeFactory scopes,
        DataSources sources, CancellationToken ct)
    {
        await using var opened = await OpenAsync(token, scopes, sources, ct);
        if (opened is null || number < 0) return Results.NotFound();
        var id = new PropertyId(property);
        if (!await opened.Scope.ServiceProvider.GetRequiredService<SyndicationDb>().FeedItems
            .AnyAsync(i => i.Portal == opened.Feed.Portal && i.PropertyId == id && i.DelistedAt == null, ct)) return Results.NotFound();
        var listing = (await opened.Scope.ServiceProvider.GetRequiredService<IListings>().SnapshotsAsync([id], ct)).GetValueOrDefault(id);
        if (listing is null || number >= listing.Pictures.Count) return Results.NotFound();
        var picture = listing.Pictures[number];
        if (await opened.Scope.ServiceProvider.GetRequiredService<IAdvertPictures>().JpegAsync(picture, PictureFrame.Uncut(1600),
            ct) is not { } jpeg) return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Bytes(jpeg, "image/jpeg");
    }

    private static object Plain(FeedListing l) => new
    {
        reference = l.Reference, purpose = l.IsRent ? "rent" : "sale", title = l.Title, title_ar = l.TitleAr, description = l.Description,
        description_ar = l.DescriptionAr, property_type = l.Listing.PropertyType,
        price = l.Listing.Price, currency = l.Listing.Currency, rent_period = l.Listing.RentPeriod, bedrooms = l.Listing.Bedrooms,
        bathrooms = l.Listing.Bathrooms, square_feet = l.Listing.SquareFeet,
        plot_square_feet = l.Listing.LotSize, city = l.Listing.City, community = l.Listing.Community, building = l.Listing.Building,
        latitude = l.Listing.Latitude, longitude = l.Listing.Longitude,
        permit_number = l.Listing.PermitNumber, permit_url = l.Advert.PermitUrl, amenities = l.Listing.Amenities, photos = l.Photos,
        updated_at = l.UpdatedAt,
        agent = l.Subject.Agent is { } agent
            ? new { name = agent.FullName, phone = agent.Phone, email = agent.Email, brn = l.Subject.Brn } : null,
    };

    private static async Task<OpenedFeed?> OpenAsync(string token, IServiceScopeFactory scopes, DataSources sources, CancellationToken ct)
    {
        if (token.Length is < 20 or > 64) return null;
        OrganizationId organization;
        var hash = Secrets.Hash(token);
        // Whose feed it is, only the token says.
        await using (var command = sources.System.CreateCommand(
            "select organization_id from syndication.feeds where token_hash = $1 and is_active"))
        {
            command.Parameters.Add(new() { Value = hash });
            if (await command.ExecuteScalarAsync(ct) is not long id) return null;
            organization = new OrganizationId(id);
        }
        var scope = scopes.CreateTenantScope(organization);
        return new OpenedFeed(scope,
            await scope.ServiceProvider.GetRequiredService<SyndicationDb>().Feeds.AsNoTracking().FirstAsync(f => f.TokenHash == hash, ct));
    }

    private sealed record OpenedFeed(AsyncServiceScope Scope, Feed Feed) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Scope.DisposeAsync();
    }
}

/// <summary>RSS 2.0 for websites and readers.</summary>
internal static class RssFeed
{
    public static void Write(Stream stream, IReadOnlyList<FeedListing> listings, PublicAddress address, DateTimeOffset now)
    {
        using var xml = FeedXml.Open(stream);
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteStartElement("channel");
        xml.Text("title", "Listings");
        xml.Text("link", address.Of("/"));
        xml.Text("description", "Properties that are on offer");
        xml.Text("lastBuildDate", now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
        foreach (var l in listings)
        {
            xml.WriteStartElement("item");
            xml.Text("title", l.Title);
            xml.Data("description", l.Description);
            xml.WriteStartElement("guid");
            xml.WriteAttributeString("isPermaLink", "false");
            xml.WriteString(l.Reference);
            xml.WriteEndElement();
            xml.Text("pubDate", l.UpdatedAt.UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
            if (l.Photos.Count > 0)
            {
                xml.WriteStartElement("enclosure");
                xml.WriteAttributeString("url", l.Photos[0]);
                xml.WriteAttributeString("length", "0");
                xml.WriteAttributeString("type", "image/jpeg");
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
