using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Publishing;

/// <summary>What became of the wish to publish.</summary>
/// <param name="DryRun">No account is connected: the requests are kept, and nothing leaves.</param>
/// <param name="Compliance">What the advertising rules object to.</param>
/// <param name="PostId">Id of the post.</param>
/// <param name="JobId">The job that publishes it, as of <c>GET /status/{job_id}</c>; null where nothing is sent.</param>
/// <param name="ProgressUrl">Where the job's progress is read; null where nothing is sent.</param>
public sealed record PublishResponse(
    string PostId, PostStatus Status, bool DryRun, PostTrouble? Trouble, IReadOnlyList<AdvertFinding> Compliance, string? JobId,
    string? ProgressUrl);

/// <summary>A call to the network; a dry run's were not sent.</summary>
/// <param name="Step">What the call is for.</param>
/// <param name="Method">GET, POST …</param>
/// <param name="Url">Address of the network's API, without secrets.</param>
/// <param name="Headers">Sent with it, without secrets.</param>
/// <param name="Body">What was sent, up to 16 KB.</param>
/// <param name="Status">HTTP status of the answer; null where there was none.</param>
/// <param name="Answer">What the network said, up to 4 KB.</param>
/// <param name="DurationMs">Until the answer, in milliseconds.</param>
/// <param name="CalledAt">When it was sent, or would have been.</param>
public sealed record NetworkCallResponse(
    string Step, string Method, string Url, JsonElement Headers, string? Body, int? Status, string? Answer, int DurationMs,
    DateTimeOffset CalledAt);

/// <summary>How far a post is.</summary>
/// <param name="Calls">Every call that was made for it, without its secrets.</param>
/// <param name="NextAttemptAt">When it is tried again.</param>
/// <param name="NetworkId">The network's own id of the post.</param>
/// <param name="Permalink">Where it is on the network.</param>
/// <param name="PostId">Id of the post.</param>
/// <param name="ScheduledTime">When it goes out; null for a draft.</param>
/// <param name="PublishedAt">When it went out; null until then.</param>
public sealed record PostStatusResponse(
    string PostId, PostStatus Status, SocialPlatform Platform, DateTimeOffset? ScheduledTime, DateTimeOffset? NextAttemptAt,
    DateTimeOffset? PublishedAt, string? NetworkId, string? Permalink,
    PostTrouble? Trouble, IReadOnlyList<NetworkCallResponse> Calls);

/// <example>{"published": true, "permalink": "https://www.linkedin.com/feed/update/urn:li:share:7000000000000000000/"}</example>
public sealed record ResolvePostRequest : IRequestBody<ResolvePostRequest>
{
    /// <summary>Is it on the network?</summary>
    public bool? Published { get; init; }
    /// <summary>Where it is on the network; null or left out where it is not there.</summary>
    [MaxLength(1000)] public string? Permalink { get; init; }
}

internal sealed class ResolvePostValidator : AbstractValidator<ResolvePostRequest>
{
    public ResolvePostValidator()
    {
        RuleFor(r => r.Published).NotNull();
        RuleFor(r => r.Permalink).Must(CreatePostsValidator.IsHttps).WithMessage("must be an absolute https address");
    }
}

internal static class PublishPost
{
    /// <summary>Publishes a post at once, in the background. One that a rule forbids is held and says what to put right.</summary>
    public static async Task<Results<Accepted<PublishResponse>, Ok<PublishResponse>, NotFound>> Handle(
        PostId id, SocialDb db, CurrentUser user, PostRules rules, JobQueue jobs, TimeProvider clock, CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, SocialPermissions.Publish, ct) is not { } post) return TypedResults.NotFound();
        post.RequireChange("published");
        var check = (await rules.CheckAsync([post], ct))[0];
        var dry = !await db.Accounts.AnyAsync(
            a => post.AccountId == null ? a.Platform == post.Platform && a.IsDefault : a.Id == post.AccountId, ct);
        if (check.Findings.FirstOrDefault(f => f.Severity == FindingSeverity.Block) is { } blocking)
        {
            post.Hold("compliance", blocking.Message, blocking.Remedy);
            await db.SaveChangesAsync(ct);
            return TypedResults.Ok(new PublishResponse(id.Reference(), post.Status, dry, PostResponse.Of(post).Trouble, check.Findings,
                null, null));
        }
        post.PublishNow(clock.Now());
        await db.SaveChangesAsync(ct);
        var job = (await jobs.EnqueueAsync(PublishDue.Kind, new DuePosts(), ct, uniqueKey: "due")).ToAnswer();
        return TypedResults.Accepted((string?)null,
            new PublishResponse(id.Reference(), post.Status, dry, null, check.Findings, job.JobId, job.ProgressUrl));
    }

    /// <summary>How far a post is, with each call to the network.</summary>
    public static async Task<Results<Ok<PostStatusResponse>, NotFound>> Status(PostId id, SocialDb db, CurrentUser user,
        CancellationToken ct)
    {
        if (await db.Posts.AsNoTracking().VisibleTo(user, SocialPermissions.Read).FirstOrDefaultAsync(p => p.Id == id, ct) is not { } post)
            return TypedResults.NotFound();
        var calls = await db.Calls.AsNoTracking().Where(c => c.PostId == id).OrderBy(c => c.Id)
            .Select(c => new NetworkCallResponse(c.Step, c.Method, c.Url, c.Headers, c.Body, c.Status, c.Answer, c.DurationMs, c.CalledAt))
            .ToListAsync(ct);
        return TypedResults.Ok(new PostStatusResponse(
            id.Reference(), post.Status, post.Platform, post.ScheduledAt, post.DueAt, post.PublishedAt, post.NetworkId, post.Permalink,
            PostResponse.Of(post).Trouble, calls));
    }

    /// <summary>Says of a post whose fate is unknown whether it is on the network; one that is not becomes a draft.</summary>
    public static async Task<Results<Ok<PostResponse>, NotFound>> Resolve(
        PostId id, ResolvePostRequest request, SocialDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, SocialPermissions.Publish, ct) is not { } post) return TypedResults.NotFound();
        if (post.Status != PostStatus.Unknown)
            throw Problem.Conflict($"Only a post whose fate is unknown is resolved; this one is {Vocabulary.Word(post.Status)}.");
        post.Resolve(request.Published!.Value, request.Permalink, clock.Now());
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PostResponse.Of(post));
    }

    /// <summary>Keeps a post that has not left from ever leaving.</summary>
    public static async Task<Results<Ok<PostResponse>, NotFound>> Cancel(PostId id, SocialDb db, CurrentUser user, CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, SocialPermissions.Update, ct) is not { } post) return TypedResults.NotFound();
        post.Cancel();
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PostResponse.Of(post));
    }
}
