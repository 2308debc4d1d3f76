using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Social.Accounts;
using RealEstateOs.Social.Networks;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Publishing;

/// <summary>
/// Publishes what is due in an office, in batches: accounts beside each other, the posts of one account one after the other. It may be
/// killed anywhere, and run beside a twin.
/// </summary>
internal sealed class PublishDue(
    SocialDb db, PostStore store, PostPublisher publisher, PostGate gate, AccountDesk accounts, IEnumerable<INetwork> networks,
    IOptions<SocialOptions> settings, TimeProvider clock)
    : IJobHandler<DuePosts>
{
    public const string Kind = "social.publish";

    private const int BatchSize = 64;

    private readonly SocialOptions options = settings.Value;
    private readonly Dictionary<SocialPlatform, INetwork> byPlatform = networks.ToDictionary(n => n.Platform);

    public async Task<object?> RunAsync(DuePosts input, JobContext context, CancellationToken ct)
    {
        var posts = 0;
        for (int taken; (taken = await PublishBatchAsync(ct)) > 0;) await context.ReportAsync(50, $"{posts += taken} posts", ct);
        return new { posts };
    }

    /// <summary>Answers how many posts it took.</summary>
    internal async Task<int> PublishBatchAsync(CancellationToken ct)
    {
        var batch = await PostStore.ClaimAsync(db, clock.Now(), options.Lease, BatchSize, ct);
        if (batch.Count > 0) await PublishAsync(batch, ct);
        return batch.Count;
    }

    private async Task PublishAsync(List<Post> batch, CancellationToken ct)
    {
        var known = await db.Accounts.AsNoTracking().ToListAsync(ct);
        var stopped = await gate.CheckAsync(batch, ct);
        var left = batch.ToDictionary(p => p.Id);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var signs = KeepAsync(batch[0].OrganizationId, left, done.Token);
        try
        {
            var lanes = batch.GroupBy(p => AccountOf(p, known)?.Id.Value ?? -(long)p.Platform - 1).Select(lane => lane.ToList());
            await Parallel.ForEachAsync(lanes, new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = ct },
                async (lane, stop) =>
                {
                    var account = AccountOf(lane[0], known);
                    foreach (var post in lane)
                    {
                        // What was not begun comes due again by itself.
                        if (stop.IsCancellationRequested) return;
                        if (stopped.TryGetValue(post.Id, out var hold)) await store.RecordAsync(post, hold, [], CancellationToken.None);
                        else if (Resting(account) is { } rest && post.Phase != PostPhase.Armed)
                            await store.RecordAsync(post, rest, [], CancellationToken.None);
                        else if (await publisher.PublishAsync(post, account, byPlatform[post.Platform]) is { } asked && account is not null)
                            await accounts.HeedAsync(account, asked);
                        lock (left) left.Remove(post.Id);
                    }
                });
        }
        finally
        {
            await done.CancelAsync();
            await signs;
        }
    }

    private async Task KeepAsync(Contracts.Auth.OrganizationId office, Dictionary<PostId, Post> left, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(options.Lease / 3, clock, done);
                Post[] still;
                lock (left) still = [.. left.Values];
                if (still.Length > 0) await store.RenewAsync(office, still, options.Lease, done);
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                // All are done.
            }
            catch (Npgsql.NpgsqlException)
            {
                // The database is away for a moment: what can't be renewed is taken by others, and its claim is checked before each call.
            }
        }
    }

    private PostStep? Resting(SocialAccount? account)
    {
        if (account is null) return null;
        if (account.Status == SocialAccountStatus.ReconnectNeeded)
            return new PostStep(PostStatus.Held, PostPhase.New) { ErrorCode = "reconnect", Error = $"{account.Name}: {account.Trouble}",
                Remedy = "Connect the account again." };
        return account.HeldUntil > clock.GetUtcNow()
            ? new PostStep(PostStatus.Scheduled, PostPhase.New) { DueAt = account.HeldUntil, ErrorCode = "rate_limited",
                Error = account.Trouble } : null;
    }

    private static SocialAccount? AccountOf(Post post, List<SocialAccount> known) =>
        post.AccountId is { } id ? known.Find(a => a.Id == id) : known.Find(a => a.Platform == post.Platform && a.IsDefault);
}

/// <summary>Looks once more before a post leaves: is it still true, still allowed, still in time?</summary>
internal sealed class PostGate(PostRules rules, IListings listings, IOptions<SocialOptions> settings, TimeProvider clock)
{
    /// <summary>The posts that must not leave, in a constant number of queries.</summary>
    public async Task<IReadOnlyDictionary<PostId, PostStep>> CheckAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        var fresh = posts.Where(p => p.Phase == PostPhase.New).ToList();
        var stopped = new Dictionary<PostId, PostStep>();
        if (fresh.Count == 0) return stopped;
        var checks = await rules.CheckAsync(fresh, ct);
        var snapshots = await listings.SnapshotsAsync([.. fresh.Select(p => p.PropertyId).OfType<PropertyId>().Distinct()], ct);
        for (var i = 0; i < fresh.Count; i++)
            if (Fault(fresh[i], checks[i].Findings.FirstOrDefault(f => f.Severity == Contracts.Marketing.FindingSeverity.Block),
                snapshots) is { } fault) stopped[fresh[i].Id] = fault;
        return stopped;
    }

    private PostStep? Fault(Post post, Contracts.Marketing.AdvertFinding? blocking,
        IReadOnlyDictionary<PropertyId, ListingSnapshot> snapshots)
    {
        // Only what nobody has begun can be too late: a rate limit may make a post wait for longer.
        if (post is { Failures: 0, ErrorCode: null } && post.ScheduledAt < clock.GetUtcNow() - settings.Value.LateAfter)
            return Hold("late", "Its time is long over: nothing was published meanwhile.", "Give it another time, or publish it now.");
        if (NetworkLimits.FaultsOf(post.Platform, post.Content).FirstOrDefault() is { } fault)
            return Hold("limits", $"The post {fault}.", "Change the text.");
        if (post.PropertyId is { } id)
        {
            if (!snapshots.TryGetValue(id, out var listing))
                return Hold("property_gone", "The property is not there any more.", "Delete the post.");
            if (post.Price is { } price && listing.Price != price
                && post.Content.Contains(Writing.PostFacts.Number(price), StringComparison.Ordinal))
                return Hold("price_changed",
                    $"The price is {Money(listing)} now; the post was written at "
                        + $"{Writing.PostFacts.Money(price, listing.Currency, false)}.",
                    "Write the post anew, or change its text and confirm_price.");
        }
        return blocking is null ? null : Hold("compliance", blocking.Message, blocking.Remedy);
    }

    private static string Money(ListingSnapshot listing) =>
        listing.Price is { } price ? Writing.PostFacts.Money(price, listing.Currency, false) : "not known";

    private static PostStep Hold(string code, string message, string remedy) =>
        new(PostStatus.Held, PostPhase.New) { ErrorCode = code, Error = message, Remedy = remedy };
}
