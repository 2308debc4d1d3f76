using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;
using RealEstateOs.Social.Networks;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Publishing;

/// <summary>What became of a step of a post.</summary>
internal sealed record PostStep(PostStatus Status, PostPhase Phase)
{
    /// <summary>When somebody looks at it again; null where it is over.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public JsonElement? Prepared { get; init; }
    public int Looks { get; init; }
    public int Failures { get; init; }
    public string? NetworkId { get; init; }
    public string? Permalink { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public string? ErrorCode { get; init; }
    public string? Error { get; init; }
    public string? Remedy { get; init; }
}

/// <summary>
/// The writes of publishing. A post is held by its number of claim and a time until when; each write says which claim it is for, and one
/// that was taken over meanwhile is not written.
/// </summary>
internal sealed class PostStore(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const string ClaimSql =
        """
        update social.posts p set status = 'publishing', claim = p.claim + 1, due_at = {0}
        from (select id from social.posts where organization_id = {1} and status in ('scheduled', 'publishing') and due_at <= {2}
              order by due_at, id limit {3} for update skip locked) due
        where p.id = due.id returning p.*, p.xmin
        """;

    private const string RecordSql =
        """
        with noted as (
            insert into social.calls (organization_id, post_id, claim, step, method, url, headers, body, status, answer, duration_ms,
                called_at)
            select $1, $2, $3, step, method, url, headers, body, status, answer, duration_ms, called_at
                from jsonb_populate_recordset(null::social.calls, $4))
        update social.posts set status = $5, phase = $6, due_at = $7, prepared = $8, looks = $9, failures = $10, network_id = $11,
            permalink = $12, published_at = $13,
            error_code = $14, error = $15, remedy = $16, updated_at = $17
        where id = $2 and claim = $3
        """;

    /// <summary>Takes due posts of the office, in their order; other hosts pass over them until the lease ends.</summary>
    public static async Task<List<Post>> ClaimAsync(SocialDb db, DateTimeOffset now, TimeSpan lease, int most, CancellationToken ct)
    {
        await db.Work.BeginAsync(ct);
        var posts = await db.Posts
            .FromSqlRaw(ClaimSql, now + lease, db.CurrentOrganization.Value, now, most)
            .IgnoreQueryFilters([Filters.Tenant]) // an update is no subquery; its own condition and the database's wall stand
            .AsNoTracking().ToListAsync(ct);
        await db.Work.CommitAsync(ct);
        return [.. posts.OrderBy(p => p.ScheduledAt).ThenBy(p => p.Id.Value)];
    }

    /// <summary>A sign of life for what is still under way: one statement for all.</summary>
    public async Task RenewAsync(OrganizationId organization, IReadOnlyCollection<Post> posts, TimeSpan lease, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(organization);
        var (ids, until) = (posts.Select(p => p.Id).ToArray(), clock.Now() + lease);
        // Who took one over has counted its claim up, and its time is later than ours.
        var claims = posts.Select(p => p.Claim).ToArray();
        await scope.ServiceProvider.GetRequiredService<SocialDb>().Posts
            .Where(p => ids.Contains(p.Id) && p.Status == PostStatus.Publishing && claims.Contains(p.Claim) && p.DueAt < until)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.DueAt, until), ct);
    }

    /// <summary>Commits that the call will be made now. False: another host has it.</summary>
    public async Task<bool> ArmAsync(Post post, JsonElement prepared, TimeSpan lease, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(post.OrganizationId);
        var (now, kept) = (clock.Now(), (JsonElement?)prepared);
        return await scope.ServiceProvider.GetRequiredService<SocialDb>().Posts
            .Where(p => p.Id == post.Id && p.Claim == post.Claim && p.Status == PostStatus.Publishing && p.Phase != PostPhase.Armed)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Phase, PostPhase.Armed).SetProperty(p => p.ArmedAt,
                now).SetProperty(p => p.Prepared, kept)
                .SetProperty(p => p.Looks, 0).SetProperty(p => p.DueAt, now + lease), ct) == 1;
    }

    /// <summary>What became of it, with the calls that were made, and the event where it came to an end: one transaction.</summary>
    public async Task RecordAsync(Post post, PostStep step, IReadOnlyList<NetworkCall> calls, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(post.OrganizationId);
        var db = scope.ServiceProvider.GetRequiredService<SocialDb>();
        await db.Work.InTransactionAsync(async () =>
        {
            var written = await db.Work.ExecuteAsync(RecordSql, ct,
                new() { Value = post.OrganizationId.Value }, new() { Value = post.Id.Value }, new() { Value = post.Claim },
                Parameter.Json(JsonSerializer.Serialize(calls, Json.Options)), new() { Value = Vocabulary.Word(step.Status) },
                new() { Value = Vocabulary.Word(step.Phase) }, Parameter.Time(step.DueAt), Parameter.Json(step.Prepared?.GetRawText()),
                new() { Value = step.Looks }, new() { Value = step.Failures }, Parameter.Text(step.NetworkId),
                Parameter.Text(step.Permalink), Parameter.Time(step.PublishedAt), Parameter.Text(step.ErrorCode),
                Parameter.Text(step.Error), Parameter.Text(step.Remedy), new() { Value = clock.Now() });
            if (written == 1 && step.Status is not (PostStatus.Scheduled or PostStatus.Publishing))
                db.Raise(() => new PostStatusChanged(post.Id, post.CampaignId, post.PropertyId, post.Platform, step.Status, step.Permalink,
                    step.Error, post.CreatedBy));
            await db.SaveChangesAsync(ct);
        }, ct);
    }
}
