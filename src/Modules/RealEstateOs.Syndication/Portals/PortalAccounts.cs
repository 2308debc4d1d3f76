using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Syndication.Portals;

/// <example>{"api_key": "paste-the-key", "api_secret": "paste-the-secret"}</example>
public sealed record ConnectPortalRequest : IRequestBody<ConnectPortalRequest>
{
    /// <summary>Of the kind API Integration, from the portal's developer resources. Kept sealed and never shown again.</summary>
    [MaxLength(500)] public string? ApiKey { get; init; }
    /// <summary>The portal's secret that goes with the key; kept encrypted and never shown.</summary>
    [MaxLength(500)] public string? ApiSecret { get; init; }
}

internal sealed class ConnectPortalValidator : AbstractValidator<ConnectPortalRequest>
{
    public ConnectPortalValidator()
    {
        RuleFor(a => a.ApiKey).NotEmpty().Must(IsPrintable).WithMessage("must be a key without blanks");
        RuleFor(a => a.ApiSecret).NotEmpty().Must(IsPrintable).WithMessage("must be a secret without blanks");
    }

    private static bool IsPrintable(string? text) => text is null || text.All(c => c is > ' ' and < '\u007f');
}

/// <summary>The office's access to the portal's API; key and secret are never shown.</summary>
/// <param name="Status"><c>connected</c>, or <c>reconnect_needed</c>: the portal does not take the key any more.</param>
/// <param name="SubscribedAt">Since when the portal tells us of listings; before, it is looked.</param>
/// <param name="Id">Id of the access.</param>
/// <param name="Trouble">What the portal objected to; null where nothing.</param>
public sealed record PortalAccountResponse(string Id, Portal Portal, PortalAccountStatus Status, string? Trouble,
    DateTimeOffset? SubscribedAt, UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A place as the portal knows it.</summary>
/// <param name="Path">From the largest to the smallest, such as <c>Dubai, Dubai Marina, Marina Heights</c>.</param>
/// <param name="Id">The portal's number of the place, as <c>property_finder_location_id</c> takes it.</param>
/// <param name="Name">As the portal writes it.</param>
/// <param name="Type">What the portal calls such a place, such as community or tower; null where it does not say.</param>
public sealed record PortalLocation(long Id, string Name, string? Type, string Path);

internal static class PortalAccounts
{
    /// <summary>The office's access to Property Finder's API.</summary>
    public static async Task<Results<Ok<PortalAccountResponse>, NotFound>> Get(SyndicationDb db, CancellationToken ct) =>
        await FindAsync(db, ct) is { } account ? TypedResults.Ok(Of(account)) : TypedResults.NotFound();

    /// <summary>
    /// Connects the office, or gives it a new key. What could not go out for want of one is tried again; the key is first used then.
    /// </summary>
    public static async Task<Ok<PortalAccountResponse>> Connect(ConnectPortalRequest request, SyndicationDb db, PortalSeal seal,
        PortalWork work, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended('marketing.portals', {db.CurrentOrganization.Value}))", ct);
        var office = db.CurrentOrganization;
        if (await FindAsync(db, ct) is not { } account)
            db.Add(account = new PortalAccount { Portal = Portal.PropertyFinder, Token = Secrets.NewToken(),
                WebhookSecret = seal.Seal(Secrets.NewToken(), office) });
        (account.ApiKey, account.ApiSecret) = (seal.Seal(request.ApiKey!, office), seal.Seal(request.ApiSecret!, office));
        // Another key may belong to another client of the portal, who has subscribed to nothing yet.
        (account.Status, account.Trouble, account.SubscribedAt) = (PortalAccountStatus.Connected, null, null);
        await db.SaveChangesAsync(ct);
        var waiting = await db.PortalListings.Where(l => l.Portal == Portal.PropertyFinder && l.Wanted == PortalWish.Live
            && l.Status == Contracts.Marketing.PortalListingStatus.Failed).ToListAsync(ct);
        foreach (var listing in waiting) await work.WantAsync(listing, PortalWish.Live, ct);
        return TypedResults.Ok(Of(account));
    }

    /// <summary>Forgets key and secret. What is on the portal stays there until it is taken off in the portal itself.</summary>
    public static async Task<Results<NoContent, NotFound>> Disconnect(SyndicationDb db, CancellationToken ct)
    {
        if (await FindAsync(db, ct) is not { } account) return TypedResults.NotFound();
        db.Remove(account);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Places of the portal's tree by name: adverts name one of them.</summary>
    /// <param name="search">Two letters or more.</param>
    public static async Task<Results<Ok<IReadOnlyList<PortalLocation>>, NotFound>> Locations([FromQuery] string? search, SyndicationDb db,
        PropertyFinderClient portal, CancellationToken ct)
    {
        if (search?.Trim() is not { Length: >= 2 and <= 100 } wanted)
            throw Problem.Invalid(FieldError.Range("search", "must have 2 to 100 characters") with { In = "query" });
        if (await FindAsync(db, ct) is not { } account) return TypedResults.NotFound();
        try
        {
            return TypedResults.Ok<IReadOnlyList<PortalLocation>>(
                [.. PropertyFinderClient.Items(await portal.LocationsAsync(account, wanted, ct), "data").Select(Place)
                    .OfType<PortalLocation>()]);
        }
        catch (PortalFault fault) when (fault.Kind == PortalFaultKind.Credentials)
        {
            throw Problem.Conflict($"The portal refused the key: {fault.Message}. Connect the account again.");
        }
        catch (PortalFault fault)
        {
            throw Problem.Unavailable($"The portal did not answer the search: {fault.Message}", ErrorCodes.External, 502);
        }
    }

    private static Task<PortalAccount?> FindAsync(SyndicationDb db, CancellationToken ct) =>
        db.PortalAccounts.FirstOrDefaultAsync(a => a.Portal == Portal.PropertyFinder, ct);

    private static PortalLocation? Place(System.Text.Json.JsonElement json)
    {
        if (!long.TryParse(PropertyFinderClient.Text(json, "id"), out var id)
            || PropertyFinderClient.Text(json, "name") is not { } name) return null;
        var above = PropertyFinderClient.Items(json, "tree").Select(t => PropertyFinderClient.Text(t, "name")).OfType<string>()
            .Where(n => n != name);
        return new PortalLocation(id, name, PropertyFinderClient.Text(json, "type"), string.Join(", ", above.Append(name)));
    }

    private static PortalAccountResponse Of(PortalAccount a) =>
        new(a.Id.Reference(), a.Portal, a.Status, a.Trouble, a.SubscribedAt, a.CreatedBy, a.CreatedAt, a.UpdatedAt);
}
