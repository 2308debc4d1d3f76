using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Social.Accounts;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.Analytics;

internal sealed record PostsToMeasure;

/// <summary>Finds the offices whose posts of the last 30 days have not been measured for a while.</summary>
internal sealed class SweepInsights(JobQueue jobs, IOptions<SocialOptions> options, TimeProvider clock) : IRecurringJob
{
    public const string Kind = "social.insights_sweep";

    private const string Sql =
        """
        select distinct p.organization_id from social.posts p
        where p.status = 'published' and p.network_id is not null and p.published_at between $1 and $2
            and not exists (select from social.insights i where i.post_id = p.id and i.source = 'network' and i.measured_at > $2)
        """;

    public Task<object?> RunAsync(JobContext context, CancellationToken ct) =>
        jobs.EnqueueForEachAsync(Sql, CollectInsights.Kind, new PostsToMeasure(), "measure", ct,
            new NpgsqlParameter { Value = clock.Now().AddDays(-30) },
            new NpgsqlParameter { Value = clock.Now() - options.Value.MeasureEvery });
}

/// <summary>
/// Asks the networks what they counted. An account that is throttled or has to be connected anew is left for the next time.
/// </summary>
internal sealed class CollectInsights(
    SocialDb db, IHttpClientFactory clients, AccountTokens tokens, PostMedia media, IEnumerable<INetwork> networks,
    IOptions<SocialOptions> options, TimeProvider clock)
    : IJobHandler<PostsToMeasure>
{
    public const string Kind = "social.insights";

    private const int Most = 300;

    public async Task<object?> RunAsync(PostsToMeasure input, JobContext context, CancellationToken ct)
    {
        var (now, byPlatform) = (clock.Now(), networks.ToDictionary(n => n.Platform));
        var (since, before) = (now.AddDays(-30), now - options.Value.MeasureEvery);
        var posts = await db.Posts.AsNoTracking().Where(p => p.NetworkId != null && p.PublishedAt >= since && p.PublishedAt <= before
            && !db.Insights.Any(i => i.PostId == p.Id && i.Source == InsightSource.Network && i.MeasuredAt > before)).OrderBy(p => p.Id)
            .Take(Most).ToListAsync(ct);
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.Status == SocialAccountStatus.Connected).ToListAsync(ct);
        var measured = new List<Insight>();
        foreach (var lane in posts.GroupBy(
            p => accounts.Find(a => p.AccountId is { } id ? a.Id == id : a.Platform == p.Platform && a.IsDefault))
            .Where(l => l.Key is not null))
        {
            var (account, network) = (lane.Key!, byPlatform[lane.Key!.Platform]);
            var client = new NetworkClient(clients, options.Value.CallTimeout, clock);
            foreach (var post in lane)
            {
                try
                {
                    var publication = new Publication(post, account.ExternalId, await tokens.OfAsync(account, network, client, ct),
                        client, media);
                    if (await network.MeasureAsync(publication, post.NetworkId!, ct) is not { } found) continue;
                    measured.Add(new Insight
                    {
                        PostId = post.Id, MeasuredAt = now, Source = InsightSource.Network, Views = found.Views, Reach = found.Reach,
                        Likes = found.Likes, Comments = found.Comments,
                        Shares = found.Shares, Saves = found.Saves, Clicks = found.Clicks,
                    });
                }
                catch (NetworkFault fault) when (fault.Kind is FaultKind.RateLimited or FaultKind.Reconnect)
                {
                    break;
                }
                catch (Exception unknown) when (unknown is NetworkFault or NoAnswer)
                {
                    // Not counted is not zero: it stays null.
                }
            }
        }
        await InsightStore.WriteAsync(db, measured, ct);
        return new { asked = posts.Count, measured = measured.Count };
    }
}
