using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social.Networks;

/// <summary>
/// A Facebook page: photographs are uploaded unpublished, one call to the feed makes the post. A lost answer is looked up among the page's
/// posts.
/// </summary>
internal sealed class FacebookPage(IOptions<SocialOptions> options) : INetwork
{
    private const string Name = "facebook";
    private const int MostLooks = 3;

    private readonly MetaOptions meta = options.Value.Meta;

    public SocialPlatform Platform => SocialPlatform.Facebook;

    public async Task<JsonElement> PrepareAsync(Publication post, CancellationToken ct)
    {
        var photos = new List<string>();
        foreach (var url in await post.Media.UrlsAsync(post.Post, 10, ct))
        {
            var answer = await post.Client.SendAsync("photo",
                MetaGraph.Post(meta, post, $"{post.AuthorId}/photos", ("url", url), ("published", "false")), ct);
            photos.Add(answer.Must(Name).Text("id") ?? throw new NoAnswer("The answer names no photograph."));
        }
        return JsonSerializer.SerializeToElement(new { photos }, Json.Options);
    }

    public async Task<PostedAs> PublishAsync(Publication post, JsonElement prepared, CancellationToken ct)
    {
        var photos = prepared.GetProperty("photos").EnumerateArray()
            .Select((p, i) => ($"attached_media[{i}]", (string?)JsonSerializer.Serialize(new { media_fbid = p.GetString() })));
        var answer = await post.Client.SendAsync("publish",
            MetaGraph.Post(meta, post, $"{post.AuthorId}/feed", [("message", post.Post.Content), .. photos]), ct, creates: true);
        return new PostedAs(answer.Must(Name).Text("id") ?? throw new NoAnswer("The answer names no post."));
    }

    public async Task<string?> PermalinkAsync(Publication post, PostedAs posted, CancellationToken ct) =>
        (await post.Client.SendAsync("permalink", MetaGraph.Get(meta, post, $"{posted.NetworkId}?fields=permalink_url"), ct)).Must(Name)
            .Text("permalink_url");

    public async Task<LookedUp> LookUpAsync(Publication post, JsonElement? prepared, DateTimeOffset armedAt, int looks,
        CancellationToken ct)
    {
        var since = armedAt.AddMinutes(-2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var path = $"{post.AuthorId}/published_posts?fields=id,message,created_time,permalink_url&since={since}&limit=100";
        var answer = (await post.Client.SendAsync("look_up", MetaGraph.Get(meta, post, path), ct)).Must(Name);
        if (Found.In(answer.Items("data"), "id", "message", "created_time", "permalink_url", post.Post.Content, armedAt) is { } found)
            return new LookedUp(Verdict.Found, found);
        return new LookedUp(looks + 1 < MostLooks ? Verdict.LookAgain : Verdict.NotThere);
    }

    public async Task<Measured?> MeasureAsync(Publication post, string networkId, CancellationToken ct)
    {
        // Impressions are gone since November 2025; one metric that a version does not know fails the whole call.
        var views = (await post.Client.SendAsync("insights", MetaGraph.Get(meta, post, $"{networkId}/insights?metric=post_media_view"),
            ct)).Must(Name);
        var counts = (await post.Client.SendAsync("insights",
            MetaGraph.Get(meta, post, $"{networkId}?fields=shares,comments.summary(true).limit(0),reactions.summary(true).limit(0)"),
            ct)).Must(Name);
        var seen = views.Items("data")
            .Select(m => m.TryGetProperty("values", out var v) && v.GetArrayLength() > 0 && v[0].TryGetProperty("value", out var n)
                && n.TryGetInt64(out var number) ? (long?)number : null)
            .FirstOrDefault();
        return new Measured(seen, null, Count(counts, "reactions", "summary", "total_count"),
            Count(counts, "comments", "summary", "total_count"), Count(counts, "shares", "count"), null, null);
    }

    // A page's token made from a long-lived user's has no end of its own.
    public Task<FreshTokens?> RefreshAsync(SocialAccount account, OpenTokens tokens, NetworkClient client, CancellationToken ct) =>
        Task.FromResult<FreshTokens?>(null);

    public string DryAnswer(string step) => """{"id": "dry_run"}""";

    private static long? Count(NetworkAnswer answer, params string[] path) =>
        long.TryParse(answer.Text(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
