using Npgsql;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Social.Publishing;

internal sealed record DuePosts;

/// <summary>Finds the offices with posts that are due, in all tenants, and has each publish its own.</summary>
internal sealed class SweepPosts(JobQueue jobs, TimeProvider clock) : IRecurringJob
{
    public const string Kind = "social.sweep";

    private const string Sql =
        "select distinct organization_id from social.posts where status in ('scheduled', 'publishing') and due_at <= $1";

    public Task<object?> RunAsync(JobContext context, CancellationToken ct) =>
        jobs.EnqueueForEachAsync(Sql, PublishDue.Kind, new DuePosts(), "due", ct, new NpgsqlParameter { Value = clock.Now() });
}
