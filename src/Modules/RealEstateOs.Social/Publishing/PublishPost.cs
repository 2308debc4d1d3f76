using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Publishing;

/// <summary>What became of the wish to publish.</summary>
/// <param name="Compliance">What the advertising rules object to.</param>
public sealed record PublishResponse(string PostId, PostStatus Status, PostTrouble? Trouble, IReadOnlyList<AdvertFinding> Compliance);

internal static class PublishPost
{
    /// <summary>Publishes a post at once. One that a rule forbids, or that has no account to go to, is held and says what to put right.</summary>
    public static async Task<Results<Ok<PublishResponse>, NotFound>> Handle(PostId id, SocialDb db, CurrentUser user, PostRules rules, CancellationToken ct)
    {
        if (await db.LockedAsync(id, user, SocialPermissions.Publish, ct) is not { } post) return TypedResults.NotFound();
        post.RequireChange("published");
        var check = (await rules.CheckAsync([post], ct))[0];
        if (check.IsBlocked) post.Hold("compliance", "A rule of the market forbids it as it is.", check.Findings[0].Remedy);
        else post.Hold("no_account", $"No account on {NetworkLimits.NameOf(post.Platform)} is connected.", "Connect one.");
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new PublishResponse(Contracts.Ids.EntityId.Reference(id), post.Status, PostResponse.Of(post).Trouble, check.Findings));
    }
}
