using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Syndication.Feeds;

namespace RealEstateOs.Syndication.Portals;

internal sealed record ListingToBring(PortalListingId ListingId, int Round);

/// <summary>
/// Brings a listing to where it is wanted: a draft, asked to be published, confirmed by looking or by the portal's own word; or off the
/// portal again. Each run looks first, and what is about to be asked is committed before it is: a host may die anywhere in here.
/// </summary>
internal sealed class PublishListing(SyndicationDb db, FeedDesk desk, PropertyFinderClient portal, PortalSeal seal, PublicAddress address,
    IOptions<PropertyFinderOptions> options, TimeProvider clock) : IJobHandler<ListingToBring>
{
    // Stored with what is there: the name is of the time when portals were a part of marketing.
    public const string Kind = "marketing.portal";

    private const int MostLooks = 20, MostFailures = 8, MostAsks = 2, LooksBeforeAnotherAsk = 4;

    public async Task<object?> RunAsync(ListingToBring input, JobContext context, CancellationToken ct)
    {
        var listing = await db.PortalListings.FirstOrDefaultAsync(l => l.Id == input.ListingId, ct)
            ?? throw new PermanentJobFailure("The listing is gone.");
        if (listing.Round != input.Round) return new { superseded = true };
        var before = listing.Status;
        var wait = await StepAsync(listing, before, ct);
        if (wait is { } delay) throw new RetryJobLater(delay, "The portal has not confirmed it yet.") { IsAttempt = false };
        return new { status = listing.Status, listing.ExternalId };
    }

    /// <summary>Null when the listing is where it can come to; else the time after which to look again.</summary>
    private async Task<TimeSpan?> StepAsync(PortalListing listing, PortalListingStatus before, CancellationToken ct)
    {
        var account = await db.PortalAccounts.FirstOrDefaultAsync(a => a.Portal == listing.Portal, ct);
        TimeSpan? wait = null;
        try
        {
            if (account is null) listing.Fail("No account of the portal is connected.");
            else if (account.Status == PortalAccountStatus.ReconnectNeeded) listing.Fail($"{account.Trouble} Connect the account again.");
            else wait = listing.Wanted == PortalWish.Live ? await BringAsync(listing, account, ct)
                : await WithdrawAsync(listing, account, null, [], ct);
        }
        catch (PortalFault fault)
        {
            wait = After(listing, account!, fault);
        }
        await SaveAsync(listing, before, ct);
        return wait;
    }

    private async Task<TimeSpan?> BringAsync(PortalListing listing, PortalAccount account, CancellationToken ct)
    {
        var (found, reference) = (await desk.OneAsync(listing.Portal, listing.PropertyId, PhotoOf(account), ct),
            FeedDesk.Reference(listing.PropertyId));
        var copy = await portal.FindAsync(account, reference, ct);
        if (found.Listing is not { } ours)
        {
            // What must not be advertised any more is taken off as well.
            if (copy is { IsLive: true } || listing.Status == PortalListingStatus.Withdrawing)
                return await WithdrawAsync(listing, account, copy, found.Problems, ct);
            listing.Fail(found.Problems);
            return null;
        }
        await SubscribeAsync(account, ct);
        var body = PropertyFinderBody.Of(ours);
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body, PropertyFinderBody.Json)));
        if (copy is null) copy = await CreateAsync(account, reference, body, ct);
        else if (listing.SentHash != hash) copy = await portal.UpdateAsync(account, copy.Id, body, ct);
        (listing.ExternalId, listing.SentHash, listing.PortalState) = (copy.Id, hash, copy.Type);
        return await ConfirmAsync(listing, account, copy, ct);
    }

    private async Task<PortalCopy> CreateAsync(PortalAccount account, string reference, object body, CancellationToken ct)
    {
        try
        {
            return await portal.CreateAsync(account, body, ct);
        }
        catch (PortalFault fault) when (fault.Kind == PortalFaultKind.Conflict)
        {
            // A draft whose answer was lost: it is there under our reference.
            if (await portal.FindAsync(account, reference, ct) is { } copy) return await portal.UpdateAsync(account, copy.Id, body, ct);
            throw;
        }
    }

    private async Task<TimeSpan?> ConfirmAsync(PortalListing listing, PortalAccount account, PortalCopy copy, CancellationToken ct)
    {
        if (copy.IsLive)
        {
            listing.GoLive(clock.Now());
            return null;
        }
        if (copy.IsPending) return LookAgain(listing);
        if (listing.PublishAskedAt is null) return await AskAsync(listing, account, copy, ct);
        if (copy.HasFailed || copy.IsTakenDown)
        {
            listing.Fail(copy.Reasons.Count > 0 ? copy.Reasons : [$"The portal says {copy.Type} and gives no reason."]);
            return null;
        }
        // Accepted, it would be pending by now: the question was lost with the host that asked it.
        if (listing.Looks >= LooksBeforeAnotherAsk && listing.Asks < MostAsks) return await AskAsync(listing, account, copy, ct);
        return LookAgain(listing);
    }

    private async Task<TimeSpan?> AskAsync(PortalListing listing, PortalAccount account, PortalCopy copy, CancellationToken ct)
    {
        (listing.Status, listing.PublishAskedAt, listing.Asks, listing.Looks) = (PortalListingStatus.Submitted, clock.Now(),
            listing.Asks + 1, 0);
        await db.SaveChangesAsync(ct);
        try
        {
            await portal.PublishAsync(account, copy.Id, ct);
        }
        catch (PortalFault fault) when (fault.Kind != PortalFaultKind.Unclear)
        {
            listing.PublishAskedAt = null; // a clear no
            throw;
        }
        catch (PortalFault)
        {
            // It may have arrived: looking tells.
        }
        return LookAgain(listing);
    }

    private async Task<TimeSpan?> WithdrawAsync(PortalListing listing, PortalAccount account, PortalCopy? copy,
        IReadOnlyList<string> because, CancellationToken ct)
    {
        copy ??= await portal.FindAsync(account, FeedDesk.Reference(listing.PropertyId), ct);
        listing.PortalState = copy?.Type;
        if (copy is null || !copy.IsLive && !copy.IsPending)
        {
            listing.Leave(because);
            return null;
        }
        listing.Status = PortalListingStatus.Withdrawing;
        if (copy.IsLive && listing.UnpublishAskedAt is null)
        {
            listing.UnpublishAskedAt = clock.Now();
            await db.SaveChangesAsync(ct);
            await portal.UnpublishAsync(account, copy.Id, ct);
        }
        return LookAgain(listing);
    }

    /// <summary>After 30 s, then longer; given up when hours have passed.</summary>
    private TimeSpan? LookAgain(PortalListing listing)
    {
        if (listing.Status is not (PortalListingStatus.Withdrawing or PortalListingStatus.Live))
            listing.Status = PortalListingStatus.Submitted;
        if (++listing.Looks <= MostLooks) return options.Value.FirstLook * Math.Pow(1.3, Math.Max(0, listing.Looks - 3));
        listing.Fail("The portal took it and has not confirmed it. Look at the listing there, then ask again.");
        return null;
    }

    private TimeSpan? After(PortalListing listing, PortalAccount account, PortalFault fault)
    {
        if (fault.Kind == PortalFaultKind.Credentials)
            (account.Status, account.Trouble) = (PortalAccountStatus.ReconnectNeeded, $"The portal refused the key: {fault.Message}");
        if (fault.Kind is PortalFaultKind.Unclear or PortalFaultKind.Throttled && ++listing.Failures < MostFailures)
            // The portal names no time: those who were refused together do not come back together.
            return fault.After ?? options.Value.FirstLook * (1 + listing.Id.Value % 16 / 16.0) * Math.Pow(2, listing.Failures - 1);
        listing.Fail(fault.Kind == PortalFaultKind.Credentials ? [$"{account.Trouble} Connect the account again."] : fault.Words);
        return null;
    }

    private async Task SubscribeAsync(PortalAccount account, CancellationToken ct)
    {
        if (account.SubscribedAt is not null || seal.Open(account.WebhookSecret, account.OrganizationId) is not { } secret) return;
        await portal.SubscribeAsync(account, address.Of($"/portals/{account.Token}/events"), secret, ct);
        account.SubscribedAt = clock.Now();
        await db.SaveChangesAsync(ct);
    }

    private Func<Contracts.Properties.PropertyId, int, string> PhotoOf(PortalAccount account) =>
        (property, number) => address.Of($"/portals/{account.Token}/photos/{property.Value}-{number}.jpg");

    private async Task SaveAsync(PortalListing listing, PortalListingStatus before, CancellationToken ct)
    {
        if (listing.Status != before) db.Raise(() => PortalListingChanges.Of(listing));
        await db.SaveChangesAsync(ct);
    }
}

internal static class PortalListingChanges
{
    public static PortalListingChanged Of(PortalListing l) =>
        new(l.Id, l.PropertyId, Vocabulary.Word(l.Portal), l.Status, l.Problems, l.CreatedBy);
}
