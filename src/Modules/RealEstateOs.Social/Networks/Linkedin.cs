using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social.Networks;

/// <summary>
/// LinkedIn's Posts API. A repeated post is answered with 422 and the urn of the one that is there, so that a repetition is safe; an
/// organization's posts are looked through first. Members' posts can't be read.
/// </summary>
internal sealed partial class Linkedin(IOptions<SocialOptions> options, TimeProvider clock) : INetwork
{
    private const string Name = "linkedin";
    private const int LooksBeforeRepeat = 2;
    public static readonly TimeSpan TokenLasts = TimeSpan.FromDays(60);
    private static readonly TimeSpan DuplicateIsKnown = TimeSpan.FromMinutes(10);

    private readonly LinkedinOptions linkedin = options.Value.Linkedin;

    public SocialPlatform Platform => SocialPlatform.Linkedin;

    public async Task<JsonElement> PrepareAsync(Publication post, CancellationToken ct)
    {
        var images = new List<string>();
        foreach (var jpeg in await post.Media.JpegsAsync(post.Post, 20, ct))
        {
            var begun = Must(await post.Client.SendAsync("image",
                Request(HttpMethod.Post, post.Token, "rest/images?action=initializeUpload",
                    new { initializeUploadRequest = new { owner = post.AuthorId } }), ct));
            if (begun.Text("value", "uploadUrl") is not { } url || begun.Text("value", "image") is not { } image)
                throw new NoAnswer("The answer names no image.");
            var upload = new HttpRequestMessage(HttpMethod.Put, post.Client.IsDry ? new Uri(linkedin.Url, "upload") : new Uri(url))
            {
                Content = new ByteArrayContent(jpeg), Headers = { Authorization = new("Bearer", post.Token) },
            };
            Must(await post.Client.SendAsync("upload", upload, ct));
            images.Add(image);
        }
        return JsonSerializer.SerializeToElement(new { images }, Json.Options);
    }

    public async Task<PostedAs> PublishAsync(Publication post, JsonElement prepared, CancellationToken ct)
    {
        var images = prepared.GetProperty("images").EnumerateArray().Select(i => i.GetString()).ToArray();
        var body = new Dictionary<string, object?>
        {
            ["author"] = post.AuthorId, ["commentary"] = LittleText(post.Post.Content), ["visibility"] = "PUBLIC",
            ["distribution"] = new { feedDistribution = "MAIN_FEED", targetEntities = Array.Empty<string>(),
                thirdPartyDistributionChannels = Array.Empty<string>() },
            ["lifecycleState"] = "PUBLISHED", ["isReshareDisabledByAuthor"] = false,
        };
        if (images.Length == 1) body["content"] = new { media = new { id = images[0] } };
        else if (images.Length > 1) body["content"] = new { multiImage = new { images = images.Select(id => new { id }) } };
        var answer = Must(await post.Client.SendAsync("publish", Request(HttpMethod.Post, post.Token, "rest/posts", body), ct,
            creates: true));
        return new PostedAs(answer.Header("x-restli-id")
            ?? (post.Client.IsDry ? "dry_run" : throw new NoAnswer("The answer names no post.")));
    }

    public Task<string?> PermalinkAsync(Publication post, PostedAs posted, CancellationToken ct) =>
        Task.FromResult<string?>(posted.NetworkId is { } urn ? $"https://www.linkedin.com/feed/update/{urn}/" : null);

    public async Task<LookedUp> LookUpAsync(Publication post, JsonElement? prepared, DateTimeOffset armedAt, int looks,
        CancellationToken ct)
    {
        var isFresh = clock.GetUtcNow() - armedAt < DuplicateIsKnown;
        if (!post.AuthorId.StartsWith("urn:li:organization:", StringComparison.Ordinal))
            return new LookedUp(isFresh ? Verdict.Repeat : Verdict.AskSomebody);
        var answer = Must(await post.Client.SendAsync("look_up",
            Request(HttpMethod.Get, post.Token, $"rest/posts?q=author&author={Uri.EscapeDataString(post.AuthorId)}&count=50"), ct));
        var theirs = answer.Items("elements")
            .Where(p => p.TryGetProperty("createdAt", out var at) && at.TryGetInt64(out var ms)
                && ms >= armedAt.AddMinutes(-2).ToUnixTimeMilliseconds());
        if (Found.In(theirs, "id", "commentary", "", null, LittleText(post.Post.Content), armedAt) is { } found)
            return new LookedUp(Verdict.Found, found);
        return new LookedUp(looks + 1 < LooksBeforeRepeat ? Verdict.LookAgain : isFresh ? Verdict.Repeat : Verdict.AskSomebody);
    }

    public async Task<Measured?> MeasureAsync(Publication post, string networkId, CancellationToken ct)
    {
        if (!post.AuthorId.StartsWith("urn:li:organization:", StringComparison.Ordinal)) return null;
        var kind = networkId.Contains(":ugcPost:", StringComparison.Ordinal) ? "ugcPosts" : "shares";
        var path = "rest/organizationalEntityShareStatistics?q=organizationalEntity"
            + $"&organizationalEntity={Uri.EscapeDataString(post.AuthorId)}&{kind}=List({Uri.EscapeDataString(networkId)})";
        var answer = Must(await post.Client.SendAsync("insights", Request(HttpMethod.Get, post.Token, path), ct));
        var found = answer.Items("elements").FirstOrDefault();
        return found.ValueKind != JsonValueKind.Object || !found.TryGetProperty("totalShareStatistics", out var s) ? null : new Measured(
            Count(s, "impressionCount"), Count(s, "uniqueImpressionsCount"), Count(s, "likeCount"), Count(s, "commentCount"),
            Count(s, "shareCount"), null, Count(s, "clickCount"));
    }

    public async Task<FreshTokens?> RefreshAsync(SocialAccount account, OpenTokens tokens, NetworkClient client, CancellationToken ct)
    {
        if (tokens.Refresh is null || linkedin.ClientId is null) return null;
        var form = new FormUrlEncodedContent(
        [
            new("grant_type", "refresh_token"), new("refresh_token", tokens.Refresh), new("client_id", linkedin.ClientId),
            new("client_secret", linkedin.ClientSecret ?? ""),
        ]);
        var answer = Must(await client.SendAsync("refresh",
            new HttpRequestMessage(HttpMethod.Post, linkedin.TokenUrl) { Content = form }, ct, secret: true));
        return answer.Fresh(tokens.Refresh, TokenLasts);
    }

    public string DryAnswer(string step) =>
        step == "image" ? """{"value": {"uploadUrl": "dry_run", "image": "urn:li:image:dry_run"}}""" : "{}";

    /// <summary>
    /// LinkedIn's "little text": an unescaped bracket cuts the post off there, and the answer is a 201 all the same. Hashtags keep their
    /// sign by the template that makes them links.
    /// </summary>
    internal static string LittleText(string text)
    {
        var written = new StringBuilder(text.Length + 16);
        var from = 0;
        foreach (Match tag in Hashtags().Matches(text))
        {
            Escape(text.AsSpan(from, tag.Index - from));
            written.Append("{hashtag|\\#|").Append(tag.Groups[1].Value.Replace("_", "\\_", StringComparison.Ordinal)).Append('}');
            from = tag.Index + tag.Length;
        }
        Escape(text.AsSpan(from));
        return written.ToString();

        void Escape(ReadOnlySpan<char> part)
        {
            foreach (var c in part)
            {
                if (@"\|{}[]()<>@#*_~".Contains(c, StringComparison.Ordinal)) written.Append('\\');
                written.Append(c);
            }
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string token, string path, object? body = null) =>
        Request(linkedin, method, token, path, body);

    public static HttpRequestMessage Request(LinkedinOptions linkedin, HttpMethod method, string token, string path, object? body = null) =>
        new(method, new Uri(linkedin.Url, path))
        {
            Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
            Headers = { { "LinkedIn-Version", linkedin.Version }, { "X-Restli-Protocol-Version", "2.0.0" },
                { "Authorization", $"Bearer {token}" } },
        };

    private NetworkAnswer Must(NetworkAnswer answer) => Must(answer, linkedin);

    /// <summary>The answer, if it is a yes; else what the error asks for.</summary>
    public static NetworkAnswer Must(NetworkAnswer answer, LinkedinOptions linkedin)
    {
        if (answer.IsGood) return answer;
        var words = answer.Text("message") ?? answer.Text("error_description") ?? $"LinkedIn answered {answer.Status}.";
        var code = $"{Name}.{answer.Text("code")?.ToLowerInvariant() ?? answer.Status.ToString(CultureInfo.InvariantCulture)}";
        throw answer.Status switch
        {
            401 => new NetworkFault(FaultKind.Reconnect, code, words, "Connect the account again."),
            403 => new NetworkFault(FaultKind.Reconnect, code, words, "A permission is missing: connect the account again and grant it."),
            422 when words.Contains("duplicate", StringComparison.OrdinalIgnoreCase)
                || code.Contains("duplicate", StringComparison.Ordinal) =>
                new NetworkFault(FaultKind.Duplicate, code,
                    words) { ExistingId = Urn().Match(words) is { Success: true } urn ? urn.Value : null },
            426 => new NetworkFault(FaultKind.Temporary, code, words,
                $"LinkedIn has ended version {linkedin.Version}: set Social:Linkedin:Version to a newer one.") { After =
                    TimeSpan.FromHours(1) },
            // LinkedIn says neither how many are left nor until when.
            429 => new NetworkFault(FaultKind.RateLimited, code, words) { After = TimeSpan.FromMinutes(15) },
            _ => new NetworkFault(FaultKind.Rejected, code, words, "Change the post as the message says, then publish it again."),
        };
    }

    private static long? Count(JsonElement statistics, string member) =>
        statistics.TryGetProperty(member, out var number) && number.TryGetInt64(out var value) ? value : null;

    [GeneratedRegex(@"urn:li:(?:share|ugcPost):\d+")]
    private static partial Regex Urn();

    [GeneratedRegex(@"(?<![\w&/])#(?=\w*\p{L})(\w+)")]
    private static partial Regex Hashtags();
}
