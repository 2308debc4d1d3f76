using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Social.Hashtags;

namespace RealEstateOs.Social.Posts;

/// <summary>A post as its network would show it.</summary>
/// <param name="VisibleCharacters">So much is shown before "more".</param>
/// <param name="Faults">What the network would refuse.</param>
/// <param name="Visible">What is shown before "more".</param>
/// <param name="Characters">As the network counts.</param>
/// <param name="Compliance">What the advertising rules object to.</param>
/// <param name="PostId">Id of the post.</param>
/// <param name="Content">Text of the post.</param>
/// <param name="Hashtags">Each with #.</param>
/// <param name="Pictures">Links to its pictures, in their order.</param>
/// <param name="CharacterLimit">The most that the network takes.</param>
public sealed record PostPreviewResponse(
    string PostId, SocialPlatform Platform, string Content, string Visible, int VisibleCharacters, IReadOnlyList<string> Hashtags,
    IReadOnlyList<string> Pictures, int Characters, int CharacterLimit,
    IReadOnlyList<string> Faults, IReadOnlyList<AdvertFinding> Compliance);

internal static class PostRecords
{
    private static readonly ListSpec<Post> Spec = new ListSpec<Post>()
        .Is("status", p => p.Status).Is("platform", p => p.Platform).Is("post_type", p => p.PostType).Is("campaign_id",
            p => p.CampaignId).Is("property_id", p => p.PropertyId)
        .Is("created_by", p => p.CreatedBy).Range("scheduled_time", p => p.ScheduledAt).Range("published_at",
            p => p.PublishedAt).Range("created_at", p => p.CreatedAt)
        .Sort("created_at", p => p.CreatedAt).Sort("scheduled_time", p => p.ScheduledAt).Sort("published_at", p => p.PublishedAt)
        .By("-created_at");

    /// <summary>Posts and how they stand.</summary>
    public static Task<ListResult<PostResponse>> List(ListRequest list, SocialDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(db.Posts.AsNoTracking().VisibleTo(user, SocialPermissions.Read), Spec, p => p.Id, p => PostResponse.Of(p), ct);

    /// <summary>One post.</summary>
    public static async Task<Results<Ok<PostResponse>, NotFound>> Get(PostId id, SocialDb db, CurrentUser user, CancellationToken ct) =>
        await db.Posts.AsNoTracking().VisibleTo(user, SocialPermissions.Read).FirstOrDefaultAsync(p => p.Id == id, ct) is { } post
            ? TypedResults.Ok(PostResponse.Of(post)) : TypedResults.NotFound();

    /// <summary>The post as its network would show it, with what network and rules object to.</summary>
    public static async Task<Results<Ok<PostPreviewResponse>, NotFound>> Preview(PostId id, SocialDb db, CurrentUser user,
        PostPictures pictures, PostRules rules, CancellationToken ct)
    {
        if (await db.Posts.AsNoTracking().VisibleTo(user, SocialPermissions.Read).FirstOrDefaultAsync(p => p.Id == id, ct) is not { } post)
            return TypedResults.NotFound();
        var (limits, visible) = (NetworkLimits.Of(post.Platform), ShownAtOnce(post));
        return TypedResults.Ok(new PostPreviewResponse(
            Contracts.Ids.EntityId.Reference(id), post.Platform, post.Content, visible, visible.Length, post.Hashtags,
            [.. post.PictureList.Select(pictures.LinkOf)],
            NetworkLimits.LengthOf(post.Platform, post.Content), limits.Text,
            [.. NetworkLimits.FaultsOf(post.Platform, post.Content).Concat(PictureFaults(post))],
            (await rules.CheckAsync([post], ct))[0].Findings));
    }

    /// <summary>Changes text, time or account of a post that has not left. A time makes it scheduled, null makes it a draft.</summary>
    public static async Task<Results<Ok<PostResponse>, NotFound>> Update(
        PostId id, UpdatePostRequest request, SocialDb db, CurrentUser user, IListings listings, CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, SocialPermissions.Update, ct) is not { } post) return TypedResults.NotFound();
        post.RequireChange("changed");
        if (request.Content is { } content)
        {
            var faults = NetworkLimits.FaultsOf(post.Platform, content).Select(f => FieldError.Range("content", f)).ToArray();
            if (faults.Length > 0) throw Problem.Invalid(faults);
            (post.Content, post.Hashtags) = (content, [.. Hashtag.In(content).Distinct(StringComparer.OrdinalIgnoreCase)]);
        }
        if (request.Has(nameof(request.AccountId)))
        {
            if (request.AccountId is { } account && !await db.Accounts.AnyAsync(a => a.Id == account && a.Platform == post.Platform, ct))
                throw Problem.Invalid(FieldError.Format("account_id", $"is no account on {NetworkLimits.NameOf(post.Platform)}"));
            post.AccountId = request.AccountId;
        }
        if (request.ConfirmPrice == true && post.PropertyId is { } property)
            post.Price = (await listings.SnapshotsAsync([property], ct)).GetValueOrDefault(property)?.Price;
        if (request.ScheduledTime is { } at) post.ScheduleAt(at);
        else if (request.Has(nameof(request.ScheduledTime))) post.ToDraft();
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PostResponse.Of(post));
    }

    /// <summary>Deletes a post that has not left.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(PostId id, SocialDb db, CurrentUser user, CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, SocialPermissions.Delete, ct) is not { } post) return TypedResults.NotFound();
        post.RequireChange("deleted");
        db.Remove(post);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>The post under a lock: nobody publishes it meanwhile.</summary>
    public static async Task<Post?> LockedAsync(this SocialDb db, PostId id, CurrentUser user, string permission, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from social.posts where id = {id.Value} for update", ct);
        return await db.Posts.VisibleTo(user, permission).FirstOrDefaultAsync(p => p.Id == id, ct);
    }

    internal static IEnumerable<string> PictureFaults(Post post)
    {
        if (post.Platform == SocialPlatform.Instagram && post.PictureList.Count == 0)
            yield return "has no picture; Instagram takes no post without one";
    }

    // Feeds fold long texts: Instagram after 125 characters, LinkedIn after about 210, Facebook after about 480.
    private static string ShownAtOnce(Post post)
    {
        var most = post.Platform switch { SocialPlatform.Instagram => 125, SocialPlatform.Linkedin => 210, SocialPlatform.Facebook =>
            480, _ => int.MaxValue };
        return post.Content.Length <= most ? post.Content
            : post.Content[..(post.Content.LastIndexOf(' ', most) is > 0 and var word ? word : most)];
    }
}
