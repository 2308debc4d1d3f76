using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social.Networks;

/// <summary>
/// Instagram by the Graph API: a container is made, waited for and published. The container's own status tells whether it was published, so
/// that a lost answer is no riddle. Containers live a day: they are made when the post is due.
/// </summary>
internal sealed class Instagram(IOptions<SocialOptions> options) : INetwork
{
    private const string Name = "instagram";
    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(15);

    private readonly MetaOptions meta = options.Value.Meta;

    public SocialPlatform Platform => SocialPlatform.Instagram;

    public async Task<JsonElement> PrepareAsync(Publication post, CancellationToken ct)
    {
        await CheckQuotaAsync(post, ct);
        var container = post.Post.Prepared is { } kept ? Id(kept) : await MakeAsync(post, ct);
        var prepared = JsonSerializer.SerializeToElement(new { container }, Json.Options);
        return await StatusAsync(post, container, ct) switch
        {
            "FINISHED" or "PUBLISHED" => prepared,
            "IN_PROGRESS" => throw new NetworkFault(FaultKind.NotReady, $"{Name}.in_progress", "Instagram is still working on the picture.")
            {
                After = Waiting, Kept = prepared,
            },
            var state => throw new NetworkFault(FaultKind.Temporary, $"{Name}.{state?.ToLowerInvariant()}",
                $"Instagram could not use the picture ({state})."),
        };
    }

    public async Task<PostedAs> PublishAsync(Publication post, JsonElement prepared, CancellationToken ct)
    {
        var answer = await post.Client.SendAsync("publish",
            MetaGraph.Post(meta, post, $"{post.AuthorId}/media_publish", ("creation_id", Id(prepared))), ct, creates: true);
        return new PostedAs(answer.Must(Name).Text("id") ?? throw new NoAnswer("The answer names no post."));
    }

    public async Task<string?> PermalinkAsync(Publication post, PostedAs posted, CancellationToken ct) =>
        (await post.Client.SendAsync("permalink", MetaGraph.Get(meta, post, $"{posted.NetworkId}?fields=permalink,timestamp"), ct)).Must(
            Name).Text("permalink");

    public async Task<LookedUp> LookUpAsync(Publication post, JsonElement? prepared, DateTimeOffset armedAt, int looks,
        CancellationToken ct)
    {
        var state = prepared is { } kept ? await StatusAsync(post, Id(kept), ct) : null;
        if (state is "IN_PROGRESS") return new LookedUp(Verdict.LookAgain);
        // What is finished and not published can be published once only, however often one asks.
        if (state is "FINISHED") return new LookedUp(Verdict.Repeat);
        if (await FindAsync(post, armedAt, ct) is { } found) return new LookedUp(Verdict.Found, found);
        return state == "PUBLISHED" ? new LookedUp(Verdict.Found, new PostedAs(null)) : new LookedUp(Verdict.Repeat, Anew: true);
    }

    public async Task<Measured?> MeasureAsync(Publication post, string networkId, CancellationToken ct)
    {
        const string metrics = "views,reach,likes,comments,saved,shares";
        var answer = (await post.Client.SendAsync("insights", MetaGraph.Get(meta, post, $"{networkId}/insights?metric={metrics}"),
            ct)).Must(Name);
        var values = answer.Items("data")
            .Where(m => m.TryGetProperty("values", out var v) && v.GetArrayLength() > 0 && v[0].TryGetProperty("value", out var n)
                && n.TryGetInt64(out _))
            .ToDictionary(m => m.GetProperty("name").GetString()!, m => (long?)m.GetProperty("values")[0].GetProperty("value").GetInt64());
        // An empty answer is not zero: Instagram counts up to two days later, and not at all for few viewers.
        return values.Count == 0 ? null : new Measured(
            values.GetValueOrDefault("views"), values.GetValueOrDefault("reach"), values.GetValueOrDefault("likes"),
            values.GetValueOrDefault("comments"), values.GetValueOrDefault("shares"),
            values.GetValueOrDefault("saved"), null);
    }

    public async Task<FreshTokens?> RefreshAsync(SocialAccount account, OpenTokens tokens, NetworkClient client, CancellationToken ct)
    {
        var url = new Uri(meta.Url, $"refresh_access_token?grant_type=ig_refresh_token&access_token={Uri.EscapeDataString(tokens.Access)}");
        var answer = (await client.SendAsync("refresh", new HttpRequestMessage(HttpMethod.Get, url), ct, secret: true)).Must(Name);
        return answer.Fresh(null, TimeSpan.FromDays(60));
    }

    public string DryAnswer(string step) => step switch
    {
        "quota" => """{"data": [{"quota_usage": 0, "config": {"quota_total": 50}}]}""",
        "status" => """{"status_code": "FINISHED"}""",
        _ => """{"id": "dry_run"}""",
    };

    private async Task CheckQuotaAsync(Publication post, CancellationToken ct)
    {
        // The guide says 100 a day, two reference pages say 50: the account itself knows.
        var answer = (await post.Client.SendAsync("quota",
            MetaGraph.Get(meta, post, $"{post.AuthorId}/content_publishing_limit?fields=quota_usage,config"), ct)).Must(Name);
        var quota = answer.Items("data").FirstOrDefault();
        if (quota.ValueKind == JsonValueKind.Object && quota.TryGetProperty("quota_usage", out var used)
            && quota.TryGetProperty("config", out var config)
            && config.TryGetProperty("quota_total", out var total) && used.GetInt32() >= total.GetInt32())
            throw new NetworkFault(FaultKind.RateLimited, $"{Name}.quota",
                $"The account's {total.GetInt32()} posts of a day are used up.") { After = TimeSpan.FromHours(1) };
    }

    private async Task<string> MakeAsync(Publication post, CancellationToken ct)
    {
        if (PostMedia.VideoOf(post.Post) is { } video)
            return await ContainerAsync(post, ct, ("media_type", "REELS"), ("video_url", video), ("caption", post.Post.Content),
                ("share_to_feed", "true"));
        var urls = await post.Media.UrlsAsync(post.Post, 10, ct);
        if (urls.Count == 0 && post.Client.IsDry) urls = ["https://example.com/photo.jpg"];
        if (urls.Count == 0)
            throw new NetworkFault(FaultKind.Rejected, $"{Name}.no_picture",
                "Instagram takes no post without a picture, and none can be read.", "Add a photograph to the property.");
        if (urls.Count == 1) return await ContainerAsync(post, ct, ("image_url", urls[0]), ("caption", post.Post.Content));
        var children = new List<string>();
        foreach (var url in urls) children.Add(await ContainerAsync(post, ct, ("image_url", url), ("is_carousel_item", "true")));
        return await ContainerAsync(post, ct, ("media_type", "CAROUSEL"), ("children", string.Join(',', children)),
            ("caption", post.Post.Content));
    }

    private async Task<string> ContainerAsync(Publication post, CancellationToken ct, params (string, string?)[] form) =>
        (await post.Client.SendAsync("container", MetaGraph.Post(meta, post, $"{post.AuthorId}/media", form), ct)).Must(Name).Text("id")
        ?? throw new NoAnswer("The answer names no container.");

    private async Task<string?> StatusAsync(Publication post, string container, CancellationToken ct) =>
        (await post.Client.SendAsync("status", MetaGraph.Get(meta, post, $"{container}?fields=status_code,status"), ct)).Must(Name)
            .Text("status_code");

    private async Task<PostedAs?> FindAsync(Publication post, DateTimeOffset armedAt, CancellationToken ct)
    {
        var answer = (await post.Client.SendAsync("look_up",
            MetaGraph.Get(meta, post, $"{post.AuthorId}/media?fields=id,caption,timestamp,permalink&limit=25"), ct)).Must(Name);
        return Found.In(answer.Items("data"), "id", "caption", "timestamp", "permalink", post.Post.Content, armedAt);
    }

    private static string Id(JsonElement prepared) => prepared.GetProperty("container").GetString()!;
}

/// <summary>Finds a post among those that a network lists.</summary>
internal static class Found
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(2);

    public static PostedAs? In(IEnumerable<JsonElement> posts, string id, string text, string time, string? permalink, string content,
        DateTimeOffset since)
    {
        foreach (var post in posts)
        {
            if (Text(post, id) is not { } found || !IsSame(Text(post, text), content)) continue;
            if (DateTimeOffset.TryParse(Text(post, time), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                && at < since - ClocksDiffer) continue;
            return new PostedAs(found, permalink is null ? null : Text(post, permalink));
        }
        return null;
    }

    // Networks trim ends and change line breaks.
    private static bool IsSame(string? theirs, string ours) => theirs is not null && Plain(theirs) == Plain(ours);

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Text(JsonElement post, string member) =>
        post.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
