using System.Text.Json;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Social.Accounts;
using RealEstateOs.Social.Networks;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Publishing;

/// <summary>
/// Takes one post one step further. Before the call that makes it public, the intention is committed (armed); what was armed and has no
/// clear answer is looked up at the network and never simply sent again. So a host that dies anywhere in here neither doubles a post nor
/// loses it.
/// </summary>
internal sealed class PostPublisher(
    IHttpClientFactory clients, PostStore store, AccountTokens tokens, PostMedia media, IOptions<SocialOptions> settings,
    TimeProvider clock)
{
    private const int MostFailures = 6, MostWaits = 40, MostLooks = 10;

    private readonly SocialOptions options = settings.Value;

    /// <summary>Answers what the network asked of the account, if anything: to rest, or to be connected anew.</summary>
    public async Task<NetworkFault?> PublishAsync(Post post, SocialAccount? account, INetwork network)
    {
        var client = new NetworkClient(clients, options.CallTimeout, clock, account is null ? network.DryAnswer : null);
        NetworkFault? asked = null;
        PostStep? step;
        try
        {
            var token = account is null ? "dry-run" : await tokens.OfAsync(account, network, client, CancellationToken.None);
            var publication = new Publication(post, account?.ExternalId ?? "dry-run", token, client, media);
            step = post.Phase == PostPhase.Armed ? await LookUpAsync(publication, network) : await SendAsync(publication, network);
        }
        catch (NetworkFault fault)
        {
            asked = fault;
            step = post.Phase == PostPhase.Armed ? LookAgain(post, fault.After, fault.Code, fault.Message, fault.Remedy)
                : After(post, fault);
        }
        catch (NoAnswer lost)
        {
            // Nothing of it is public: uploads and look-ups may be repeated.
            step = post.Phase == PostPhase.Armed
                ? LookAgain(post, null, "no_answer", lost.Message, null)
                : After(post, new NetworkFault(FaultKind.Temporary, "no_answer", lost.Message, "The network does not answer."));
        }
        if (step is not null) await store.RecordAsync(post, step, client.Calls, CancellationToken.None);
        if (asked?.Kind is FaultKind.RateLimited or FaultKind.Reconnect or FaultKind.MaybePosted) return asked;
        return client.Rest is not { } rest ? null
            : new NetworkFault(FaultKind.RateLimited, "rate_limited", "The network's limit is almost reached.") { After = rest };
    }

    private async Task<PostStep?> SendAsync(Publication publication, INetwork network)
    {
        var post = publication.Post;
        var prepared = await network.PrepareAsync(publication, CancellationToken.None);
        var asked = clock.GetTimestamp();
        if (!await store.ArmAsync(post, prepared, options.Lease, CancellationToken.None)) return null;
        // A host that was frozen between the two must not send any more: others may be looking for the post by now.
        if (clock.GetElapsedTime(asked) > options.CallTimeout / 2) return Unclear(post, prepared, "The host was held up.");
        try
        {
            var posted = await network.PublishAsync(publication, prepared, CancellationToken.None);
            return await PublishedAsync(publication, network, posted, prepared);
        }
        catch (NoAnswer lost)
        {
            return Unclear(post, prepared, lost.Message);
        }
        catch (NetworkFault fault) when (fault.Kind == FaultKind.MaybePosted)
        {
            return Unclear(post, prepared, fault.Message);
        }
        catch (NetworkFault fault) when (fault.Kind == FaultKind.Duplicate)
        {
            return await PublishedAsync(publication, network, new PostedAs(fault.ExistingId), prepared);
        }
        catch (NetworkFault fault) when (fault.Kind is FaultKind.NotReady or FaultKind.Temporary or FaultKind.RateLimited)
        {
            throw new NetworkFault(fault.Kind, fault.Code, fault.Message, fault.Remedy) { After = fault.After, Kept = prepared };
        }
    }

    private async Task<PostStep> LookUpAsync(Publication publication, INetwork network)
    {
        var post = publication.Post;
        var found = await network.LookUpAsync(publication, post.Prepared, post.ArmedAt!.Value, post.Looks, CancellationToken.None);
        switch (found.Verdict)
        {
            case Verdict.Found:
                return await PublishedAsync(publication, network, found.As!, post.Prepared);
            case Verdict.Repeat when post.Failures < MostFailures:
                return new PostStep(PostStatus.Publishing, found.Anew ? PostPhase.New : PostPhase.Prepared)
                {
                    DueAt = clock.Now(), Prepared = found.Anew ? null : post.Prepared, Failures = post.Failures + 1,
                };
            case Verdict.LookAgain:
                return LookAgain(post, null, "no_answer", "The network gave no clear answer; the post is looked for.", null);
            case Verdict.Repeat or Verdict.NotThere:
                return new PostStep(PostStatus.Failed, PostPhase.New)
                {
                    ErrorCode = "not_there", Error = "The network gave no answer, and the post is not there.", Remedy = "Publish it again.",
                    Failures = post.Failures,
                };
            default:
                return AskSomebody(post);
        }
    }

    private async Task<PostStep> PublishedAsync(Publication publication, INetwork network, PostedAs posted, JsonElement? prepared)
    {
        var permalink = posted.Permalink;
        try
        {
            if (permalink is null && posted.NetworkId is not null && !publication.Client.IsDry)
                permalink = await network.PermalinkAsync(publication, posted, CancellationToken.None);
        }
        catch (Exception missing) when (missing is NetworkFault or NoAnswer)
        {
            // It is out; where it can be seen is another matter.
        }
        return publication.Client.IsDry
            ? new PostStep(PostStatus.DryRun, PostPhase.Prepared) { Prepared = prepared }
            : new PostStep(PostStatus.Published, PostPhase.Armed) { Prepared = prepared, NetworkId = posted.NetworkId,
                Permalink = permalink, PublishedAt = clock.Now() };
    }

    private PostStep Unclear(Post post, JsonElement prepared, string reason) => new(PostStatus.Publishing, PostPhase.Armed)
    {
        DueAt = clock.Now() + options.FirstLook, Prepared = prepared, Failures = post.Failures, ErrorCode = "no_answer", Error = reason,
    };

    private PostStep LookAgain(Post post, TimeSpan? after, string code, string reason, string? remedy) =>
        post.Looks + 1 >= MostLooks ? AskSomebody(post) : new(PostStatus.Publishing, PostPhase.Armed)
        {
            DueAt = clock.Now() + (after ?? options.FirstLook * Math.Pow(2, Math.Min(post.Looks, 5))), Prepared = post.Prepared,
            Looks = post.Looks + 1, Failures = post.Failures,
            ErrorCode = code, Error = reason, Remedy = remedy,
        };

    private static PostStep AskSomebody(Post post) => new(PostStatus.Unknown, PostPhase.Armed)
    {
        Prepared = post.Prepared, Looks = post.Looks, Failures = post.Failures, ErrorCode = "unknown",
        Error = "The network gave no answer, and nothing tells whether the post is there.",
        Remedy = "Look at the account, then say so with POST /social/posts/{id}/resolve.",
    };

    /// <summary>What follows from a clear no, or from uploads that failed.</summary>
    private PostStep After(Post post, NetworkFault fault)
    {
        var (kept, failures) = (fault.Kept, post.Failures + 1);
        var step = new PostStep(PostStatus.Scheduled, kept is null ? PostPhase.New : PostPhase.Prepared)
        {
            Prepared = kept, Failures = failures, ErrorCode = fault.Code, Error = fault.Message, Remedy = fault.Remedy,
        };
        return fault.Kind switch
        {
            FaultKind.RateLimited =>
                step with { DueAt = clock.Now() + (fault.After ?? TimeSpan.FromMinutes(15)), Failures = post.Failures },
            FaultKind.NotReady when failures < MostWaits => step with { DueAt = clock.Now() + (fault.After ?? TimeSpan.FromSeconds(30)) },
            FaultKind.Temporary when failures < MostFailures =>
                step with { DueAt = clock.Now() + (fault.After ?? TimeSpan.FromSeconds(15 * Math.Pow(2, failures))) },
            FaultKind.Reconnect => step with { Status = PostStatus.Held, Failures = post.Failures },
            _ => step with { Status = PostStatus.Failed, Phase = PostPhase.New, Prepared = null },
        };
    }
}
