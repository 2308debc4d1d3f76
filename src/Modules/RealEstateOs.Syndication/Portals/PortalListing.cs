using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Syndication.Portals;

public enum PortalWish { Live, Withdrawn }

/// <summary>
/// A property on a portal. What the portal was asked is committed before it is asked, so that a host that dies in between asks nothing
/// twice: the next run looks first.
/// </summary>
internal sealed class PortalListing : Entity<PortalListingId>
{
    public PropertyId PropertyId { get; set; }
    public Portal Portal { get; set; }
    public PortalWish Wanted { get; set; }
    public PortalListingStatus Status { get; set; }
    /// <summary>The portal's own id.</summary>
    public string? ExternalId { get; set; }
    /// <summary>Of what the portal was given last.</summary>
    public string? SentHash { get; set; }
    public DateTimeOffset? PublishAskedAt { get; set; }
    public DateTimeOffset? UnpublishAskedAt { get; set; }
    /// <summary>How often it was asked to publish in this round.</summary>
    public int Asks { get; set; }
    public int Looks { get; set; }
    public int Failures { get; set; }
    /// <summary>Raised with each wish: work for an earlier one ends by itself.</summary>
    public int Round { get; set; }
    /// <summary>In the portal's words, such as <c>live_changes_pending_approval</c>.</summary>
    public string? PortalState { get; set; }
    /// <summary>Why it is not there, and what to do.</summary>
    public string[] Problems { get; set; } = [];
    public DateTimeOffset? LiveAt { get; set; }
    /// <summary>What the portal wants done, until when.</summary>
    public string? Action { get; set; }
    public DateTimeOffset? ActionDueAt { get; set; }

    /// <summary>A new wish, by a person or because the property changed.</summary>
    public void Want(PortalWish wish)
    {
        (Wanted, Round, Asks, Looks, Failures) = (wish, Round + 1, 0, 0, 0);
        (PublishAskedAt, UnpublishAskedAt) = (null, null);
        if (wish == PortalWish.Live && Status != PortalListingStatus.Live) Status = PortalListingStatus.Queued;
        if (wish == PortalWish.Withdrawn && Status != PortalListingStatus.Withdrawn) Status = PortalListingStatus.Withdrawing;
    }

    public void GoLive(DateTimeOffset now) =>
        (Status, LiveAt, Problems, Looks, Failures, PublishAskedAt) = (PortalListingStatus.Live, LiveAt ?? now, [], 0, 0, null);

    public void Leave(IReadOnlyList<string> problems) =>
        (Status, LiveAt, Problems, Looks, Failures, UnpublishAskedAt) = (PortalListingStatus.Withdrawn, null, [.. problems], 0, 0, null);

    public void Fail(params IReadOnlyList<string> problems) => (Status, Problems) = (PortalListingStatus.Failed, [.. problems]);
}
