using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Syndication.Feeds;

/// <example>{"portal": "property_finder", "name": "Property Finder"}</example>
public sealed record CreatePortalFeedRequest : IRequestBody<CreatePortalFeedRequest>
{
    public Portal? Portal { get; init; }
    /// <summary>What the office calls the feed, up to 100 letters.</summary>
    [MaxLength(100)] public string? Name { get; init; }
}

internal sealed class CreatePortalFeedValidator : AbstractValidator<CreatePortalFeedRequest>
{
    public CreatePortalFeedValidator() => RuleFor(f => f.Portal).NotNull();
}

/// <summary>An address at which a portal reads the listings. <c>url</c> is shown once, when it is made.</summary>
/// <param name="LastReadAt">When the portal last fetched it.</param>
/// <param name="Id">Id of the feed.</param>
/// <param name="Name">What the office calls it.</param>
/// <param name="IsActive">The address answers; false for a feed that was switched off.</param>
/// <param name="Url">Its secret address, in the answer that makes it; null ever after.</param>
public sealed record PortalFeedResponse(string Id, Portal Portal, string Name, bool IsActive, string? Url, DateTimeOffset? LastReadAt,
    DateTimeOffset CreatedAt);

/// <summary>A listing that was meant for a portal and is not in its feed, or could be better there.</summary>
/// <param name="IsListed">It is in the feed, and could be better there.</param>
/// <param name="PropertyId">Id of the property, such as prop_12.</param>
/// <param name="Faults">What is missing or wrong.</param>
public sealed record FeedReject(string PropertyId, bool IsListed, IReadOnlyList<FeedFault> Faults);

internal static class FeedEndpoints
{
    private static readonly ListSpec<Feed> Spec = new ListSpec<Feed>().Is("portal", f => f.Portal).Flag("is_active",
        f => f.IsActive).Sort("created_at", f => f.CreatedAt).By("-created_at");

    /// <summary>Makes an address for a portal. The address is a secret: it is shown now and never again.</summary>
    public static async Task<Created<PortalFeedResponse>> Create(CreatePortalFeedRequest request, SyndicationDb db, PublicAddress address,
        CancellationToken ct)
    {
        var token = Secrets.NewToken();
        var portal = request.Portal!.Value;
        var feed = new Feed { Portal = portal, Name = request.Name ?? Vocabulary.Word(portal), TokenHash = Secrets.Hash(token),
            IsActive = true };
        db.Add(feed);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created((string?)null,
            Of(feed) with { Url = address.Of($"/feeds/{token}/listings.{(portal == Portal.Website ? "json" : "xml")}") });
    }

    /// <summary>The feeds of the organization, without their secrets.</summary>
    public static Task<ListResult<PortalFeedResponse>> List(ListRequest list, SyndicationDb db, CancellationToken ct) =>
        list.PageAsync(db.Feeds.AsNoTracking(), Spec, f => f.Id, f => Of(f), ct);

    /// <summary>Revokes a feed: its address answers no more.</summary>
    public static async Task<Results<NoContent, NotFound>> Revoke(FeedId id, SyndicationDb db, CancellationToken ct)
    {
        if (await db.Feeds.FirstOrDefaultAsync(f => f.Id == id, ct) is not { } feed) return TypedResults.NotFound();
        feed.IsActive = false;
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// What keeps listings out of a portal, and concrete advice for those that are in: title, description, photographs, place.
    /// </summary>
    /// <param name="portal"><c>property_finder</c>, <c>bayut</c>, <c>dubizzle</c> or <c>website</c>.</param>
    public static async Task<Ok<IReadOnlyList<FeedReject>>> Rejects(string portal, FeedDesk desk, CancellationToken ct)
    {
        if (!Vocabulary.TryRead<Portal>(portal, out var known))
            throw Problem.Invalid(FieldError.Format("portal", Vocabulary.Explain(typeof(Portal))) with { In = "path" });
        return TypedResults.Ok<IReadOnlyList<FeedReject>>(await desk.ReportAsync(known, ct));
    }

    private static PortalFeedResponse Of(Feed f) => new(f.Id.Reference(), f.Portal, f.Name, f.IsActive, null, f.LastReadAt, f.CreatedAt);
}
