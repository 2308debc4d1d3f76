using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Social.Hashtags;
using RealEstateOs.Social.Writing;

namespace RealEstateOs.Social.Posts;

/// <param name="Rewritten">False: the text stayed as it was, because of the objections.</param>
/// <param name="Model">What wrote it.</param>
/// <param name="Objections">What the model's text said beyond the property's facts, or against its network's limits.</param>
public sealed record PostRewrite(PostResponse Post, bool Rewritten, string Model, IReadOnlyList<string> Objections);

internal static class RewritePost
{
    private const int LongestProse = 1200;

    /// <summary>
    /// Has the language model word a post anew. It knows the property's facts and nothing else. A text that tells a
    /// number, an amenity or a promise which the facts do not have is not taken: the post stays as it was, and the answer says why. Link,
    /// hashtags and what the law wants stay. A 409 where no model is configured, a 503 where it gives no answer.
    /// </summary>
    public static async Task<Results<Ok<PostRewrite>, NotFound>> Handle(
        PostId id, SocialDb db, CurrentUser user, Briefs briefs, IModelWriter writer, PublicAddress address, CancellationToken ct)
    {
        if (await db.Posts.AsNoTracking().VisibleTo(user, SocialPermissions.Update).FirstOrDefaultAsync(p => p.Id == id, ct) is not { } old)
            return TypedResults.NotFound();
        old.RequireChange("rewritten");
        if (writer.Model is not { } model) throw Problem.Conflict("No language model is configured on this installation.");
        var order = OrderOf(old, await briefs.OfAsync(old.PropertyId, old.Language, ct), address);
        var facts = Facts(order);
        var prose = await writer.WriteAsync(Instructions(order), facts, ct);
        var content = PostWriter.Around(order, prose);
        string[] objections = [.. FactCheck.ObjectionsTo(prose, facts), .. NetworkLimits.FaultsOf(old.Platform, content)];
        if (prose.Length == 0) objections = ["is empty"];
        if (objections.Length > 0) return TypedResults.Ok(new PostRewrite(PostResponse.Of(old), false, model, objections));
        Post? post = null;
        await db.Work.InTransactionAsync(async () =>
        {
            if ((post = await db.LockedAsync(id, user, SocialPermissions.Update, ct)) is null) return;
            post.RequireChange("rewritten");
            (post.Content, post.Hashtags, post.Price) = (content, [.. Hashtag.In(content)], order.Facts?.Listing.Price);
            await db.SaveChangesAsync(ct);
        }, ct);
        return post is null ? TypedResults.NotFound() : TypedResults.Ok(new PostRewrite(PostResponse.Of(post), true, model, []));
    }

    private static PostOrder OrderOf(Post post, PostBrief brief, PublicAddress address)
    {
        var link = address.Of(TrackedLink.PathOf(post.LinkToken));
        return new(post.Platform, post.PostType, post.Style, post.Language == "ar")
        {
            Facts = brief.Facts, Office = brief.Office.Name, Hashtags = post.Hashtags,
            Link = post.Content.Contains(link, StringComparison.Ordinal) ? link : null,
        };
    }

    /// <summary>All that the model gets to know.</summary>
    private static string Facts(PostOrder order)
    {
        var slots = PostFacts.Of(order);
        string[] names = ["home", "deal", "place", "building", "price", "area", "plot", "baths", "features", "agent", "office"];
        return string.Join('\n', names.Select(n => (Name: n, Text: slots.Take(n))).Where(f => f.Text is not null)
            .Select(f => $"{f.Name}: {f.Text}"));
    }

    private static string Instructions(PostOrder order)
    {
        var room = NetworkLimits.Of(order.Platform).Text - NetworkLimits.LengthOf(order.Platform, PostWriter.Around(order, ""));
        return $"""
            You word a post of a real estate office for {NetworkLimits.NameOf(order.Platform)}, in {(order.Arabic ? "Arabic" : "English")}.
            Occasion: {Vocabulary.Word(order.Type)}. Style: {Vocabulary.Word(order.Style)}.
            The facts below are all that is known. Tell no number, amenity, quality, place or promise that is not among them.
            At most {Math.Min(room, LongestProse)} characters of plain text, without links, hashtags or mentions: these are added.
            """;
    }
}
