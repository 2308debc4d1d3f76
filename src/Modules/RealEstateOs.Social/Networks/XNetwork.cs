using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social.Networks;

/// <summary>
/// X, API version 2. The account's own posts are looked through after a lost answer; an identical post is refused with 403 while it is
/// fresh, without saying which one is there.
/// </summary>
internal sealed class XNetwork(IOptions<SocialOptions> options, TimeProvider clock) : INetwork
{
    private const string Name = "x";
    private const int LooksBeforeRepeat = 2;
    public static readonly TimeSpan TokenLasts = TimeSpan.FromHours(2);

    private readonly XOptions x = options.Value.X;

    public SocialPlatform Platform => SocialPlatform.X;

    public async Task<JsonElement> PrepareAsync(Publication post, CancellationToken ct)
    {
        var media = new List<string>();
        foreach (var jpeg in await post.Media.JpegsAsync(post.Post, 4, ct))
        {
            var file = new ByteArrayContent(jpeg) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
            var form = new MultipartFormDataContent { { file, "media", "photo.jpg" },
                { new StringContent("tweet_image"), "media_category" } };
            var answer = Must(await post.Client.SendAsync("media", Request(HttpMethod.Post, post.Token, "2/media/upload", form), ct));
            media.Add(answer.Text("data", "id") ?? throw new NoAnswer("The answer names no picture."));
        }
        return JsonSerializer.SerializeToElement(new { media }, Json.Options);
    }

    public async Task<PostedAs> PublishAsync(Publication post, JsonElement prepared, CancellationToken ct)
    {
        var ids = prepared.GetProperty("media").EnumerateArray().Select(m => m.GetString()).ToArray();
        object body = ids.Length == 0 ? new { text = post.Post.Content }
            : new { text = post.Post.Content, media = new { media_ids = ids } };
        var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        var answer = Must(await post.Client.SendAsync("publish", Request(HttpMethod.Post, post.Token, "2/tweets", content), ct,
            creates: true));
        return new PostedAs(answer.Text("data", "id") ?? throw new NoAnswer("The answer names no post."));
    }

    public Task<string?> PermalinkAsync(Publication post, PostedAs posted, CancellationToken ct) =>
        Task.FromResult(posted.NetworkId is { } id ? $"https://x.com/i/status/{id}" : null);

    public async Task<LookedUp> LookUpAsync(Publication post, JsonElement? prepared, DateTimeOffset armedAt, int looks,
        CancellationToken ct)
    {
        var since = armedAt.AddMinutes(-2).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var path = $"2/users/{post.AuthorId}/tweets?start_time={since}&tweet.fields=created_at,entities&max_results=100";
        var answer = Must(await post.Client.SendAsync("look_up", Request(HttpMethod.Get, post.Token, path), ct));
        var theirs = answer.Items("data").Select(WithLinks);
        if (Found.In(theirs, "id", "text", "created_at", null, post.Post.Content, armedAt) is { } found)
            return new LookedUp(Verdict.Found, found);
        return new LookedUp(looks + 1 < LooksBeforeRepeat ? Verdict.LookAgain : Verdict.Repeat);
    }

    public async Task<Measured?> MeasureAsync(Publication post, string networkId, CancellationToken ct)
    {
        var answer = Must(await post.Client.SendAsync("insights",
            Request(HttpMethod.Get, post.Token, $"2/tweets/{networkId}?tweet.fields=public_metrics"), ct));
        return answer.Json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            && data.TryGetProperty("public_metrics", out var m)
            ? new Measured(Count(m, "impression_count"), null, Count(m, "like_count"), Count(m, "reply_count"), Count(m, "retweet_count"),
                Count(m, "bookmark_count"), null) : null;
    }

    public async Task<FreshTokens?> RefreshAsync(SocialAccount account, OpenTokens tokens, NetworkClient client, CancellationToken ct)
    {
        if (tokens.Refresh is null || x.ClientId is null) return null;
        var answer = await client.SendAsync("refresh",
            TokenRequest(x, ("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh)), ct, secret: true);
        if (answer.Status is 400 or 401)
            throw new NetworkFault(FaultKind.Reconnect, $"{Name}.refresh", "X does not take the refresh token any more.",
                "Connect the account again.");
        return Must(answer).Fresh(tokens.Refresh, TokenLasts);
    }

    /// <summary>A confidential client shows its secret in the header, a public one has none.</summary>
    public static HttpRequestMessage TokenRequest(XOptions x, params IEnumerable<(string Name, string Value)> form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(x.Url, "2/oauth2/token"))
        {
            Content = new FormUrlEncodedContent(
                form.Append(("client_id", x.ClientId!)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        };
        if (x.ClientSecret is { } secret)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{x.ClientId}:{secret}")));
        return request;
    }

    public string DryAnswer(string step) => """{"data": {"id": "dry_run"}}""";

    private HttpRequestMessage Request(HttpMethod method, string token, string path, HttpContent? content = null) =>
        new(method, new Uri(x.Url, path))
        {
            Content = content, Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };

    private NetworkAnswer Must(NetworkAnswer answer)
    {
        if (answer.IsGood) return answer;
        var words = answer.Text("detail") ?? answer.Text("title") ?? $"X answered {answer.Status}.";
        var code = $"{Name}.{answer.Status}";
        throw answer.Status switch
        {
            401 => new NetworkFault(FaultKind.Reconnect, code, words, "Connect the account again."),
            402 => new NetworkFault(FaultKind.Reconnect, code, words, "The account's credit with X is used up."),
            403 when words.Contains("duplicate", StringComparison.OrdinalIgnoreCase) => new NetworkFault(FaultKind.Duplicate, code, words),
            429 => new NetworkFault(FaultKind.RateLimited, code, words) { After = CallsLeft.UntilReset(answer.Headers, clock.GetUtcNow()) },
            _ => new NetworkFault(FaultKind.Rejected, code, words, "Change the post as the message says, then publish it again."),
        };
    }

    // X shows its own short links in the text; the entities know what they stand for.
    private static JsonElement WithLinks(JsonElement tweet)
    {
        if (!tweet.TryGetProperty("entities", out var entities) || !entities.TryGetProperty("urls", out var urls)
            || !tweet.TryGetProperty("text", out var text)) return tweet;
        var said = text.GetString()!;
        foreach (var url in urls.EnumerateArray())
            if (url.TryGetProperty("url", out var shown) && url.TryGetProperty("expanded_url", out var meant))
                said = said.Replace(shown.GetString()!, meant.GetString()!, StringComparison.Ordinal);
        return JsonSerializer.SerializeToElement(new { id = tweet.GetProperty("id"), text = said,
            created_at = tweet.TryGetProperty("created_at", out var at) ? at : default(JsonElement?) });
    }

    private static long? Count(JsonElement metrics, string member) =>
        metrics.TryGetProperty(member, out var number) && number.TryGetInt64(out var value) ? value : null;
}
