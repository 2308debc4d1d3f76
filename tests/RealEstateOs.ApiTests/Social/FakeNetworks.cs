using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RealEstateOs.Contracts.Social;

namespace RealEstateOs.ApiTests.Social;

/// <summary>What the call that makes a post public meets.</summary>
public enum Fate
{
    Posted,

    /// <summary>The post is made, and the connection breaks before the answer.</summary>
    AnswerLost,

    /// <summary>The connection breaks before anything is made.</summary>
    RequestLost,

    /// <summary>The post is made, and the answer is a 500.</summary>
    ErrorAfterPosting,

    /// <summary>The post is made, and the answer comes after the caller has given up.</summary>
    SlowAnswer,
    Throttled,
    TokenExpired,
    Refused,
    NotReady,
    Duplicate,

    /// <summary>Instagram's "looks like spam": refused in words, made all the same.</summary>
    SpamButPosted,

    /// <summary>Posted, and it was the last call that the network takes for now.</summary>
    LastOne,
}

/// <summary>A post that the world can see.</summary>
public sealed record SeenPost(string Id, string Text, IReadOnlyList<string> Media, DateTimeOffset At);

/// <summary>An account on one of the fake networks; its token tells it apart from those of other tests.</summary>
public sealed class FakeAccount(SocialPlatform platform, string token, string id)
{
    private int ids;

    public SocialPlatform Platform => platform;
    public string Token { get; set; } = token;
    public string Id => id;
    public ConcurrentQueue<SeenPost> Posts { get; } = new();
    /// <summary>What the next creating calls meet, one after the other; then all are posted.</summary>
    public ConcurrentQueue<Fate> Fates { get; } = new();
    public ConcurrentDictionary<string, (string Status, string Caption, string[] Media)> Containers { get; } = new();
    public ConcurrentQueue<string> Requests { get; } = new();
    public int Creates { get; set; }
    /// <summary>How often a container says that it is still being worked on.</summary>
    public int Unready { get; set; }
    public bool HidesPosts { get; set; }
    public int QuotaUsed { get; set; }
    public string? RefreshToken { get; set; }

    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"{id}{Interlocked.Increment(ref ids):d4}");
}

/// <summary>
/// Instagram, Facebook, LinkedIn and X as their documents describe them, real and local: one server for all tests, an account for each. It
/// answers creating calls as the test says, and keeps what the world would see.
/// </summary>
public static class FakeNetworks
{
    private static readonly ConcurrentDictionary<string, FakeAccount> ByToken = new();
    private static readonly Lazy<WebApplication> App = new(Start);
    private static long numbers = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static string Url => App.Value.Urls.Single();

    /// <summary>What hosts of tests need to reach them, and not to wait for minutes.</summary>
    public static IEnumerable<(string, string)> Settings =>
    [
        ("Social:Meta:Url", Url + "/"), ("Social:Linkedin:Url", Url + "/"), ("Social:X:Url", Url + "/"),
        ("Social:X:ClientId", FakeSignIn.Client), ("Social:X:SignInUrl", Url + "/i/oauth2/authorize"),
        ("Social:Meta:ClientId", FakeSignIn.Client), ("Social:Meta:ClientSecret", FakeSignIn.ClientSecret),
        ("Social:Meta:SignInUrl", Url + "/"), ("Social:Linkedin:ClientId", FakeSignIn.Client),
        ("Social:Linkedin:ClientSecret", FakeSignIn.ClientSecret), ("Social:Linkedin:SignInUrl", Url + "/oauth/v2/authorization"),
        ("Social:Linkedin:TokenUrl", Url + "/oauth/v2/accessToken"),
        ("Social:CallTimeout", "00:00:02"),
        ("Social:Lease", "00:00:03"), ("Social:FirstLook", "00:00:00.3"), ("Social:Schedule", "0/1 * * * * ?"),
        ("Social:InsightsSchedule", "0/3 * * * * ?"), ("Social:MeasureEvery", "00:00:04"),
    ];

    public static FakeAccount NewAccount(SocialPlatform platform, string? id = null)
    {
        var number = Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);
        var account = new FakeAccount(platform, $"token-{number}",
            id ?? (platform == SocialPlatform.Linkedin ? $"urn:li:organization:{number}" : number));
        return ByToken[account.Token] = account;
    }

    /// <summary>Null where no account has this token.</summary>
    public static FakeAccount? Find(string token) => ByToken.GetValueOrDefault(token);

    /// <summary>From now on the account goes by this token; the old one is good for nothing.</summary>
    public static void GiveToken(FakeAccount account, string token)
    {
        ByToken.TryRemove(account.Token, out _);
        account.Token = token;
        ByToken[token] = account;
    }

    private static WebApplication Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(AnswerAsync);
        app.StartAsync().GetAwaiter().GetResult();
        return app;
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (path.EndsWith("/photo.png", StringComparison.Ordinal))
        {
            http.Response.ContentType = "image/png";
            await http.Response.Body.WriteAsync(Photo.Value);
            return;
        }
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (await FakeSignIn.AnswerAsync(http, body)) return;
        if (path == "/2/oauth2/token")
        {
            await RefreshAsync(http, body);
            return;
        }
        var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (!ByToken.TryGetValue(token, out var account))
        {
            await (path.StartsWith("/2/", StringComparison.Ordinal) ? Json(http, 401, new { title = "Unauthorized", status = 401 })
                : path.StartsWith("/rest/", StringComparison.Ordinal) ? Json(http, 401, new { message = "Unauthorized", status = 401 })
                    : Meta(http, 190, 463, "The session has expired."));
            return;
        }
        account.Requests.Enqueue($"{http.Request.Method} "
            + $"{path}{http.Request.QueryString}\n{string.Join('\n', http.Request.Headers.Select(h => $"{h.Key}: {h.Value}"))}\n\n{body}");
        await (account.Platform switch
        {
            SocialPlatform.Instagram or SocialPlatform.Facebook => GraphAsync(http, account, body),
            SocialPlatform.Linkedin => LinkedinAsync(http, account, body),
            _ => XAsync(http, account, body),
        });
    }

    private static async Task GraphAsync(HttpContext http, FakeAccount account, string body)
    {
        var parts = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries); // v25.0, id, edge
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(body).ToDictionary(f => f.Key, f => f.Value.ToString());
        switch (parts.Length > 2 ? parts[2] : "")
        {
            case "content_publishing_limit":
                await Json(http, 200,
                    new { data = new[] { new { quota_usage = account.QuotaUsed,
                        config = new { quota_total = 50, quota_duration = 86400 } } } });
                break;
            case "media" when http.Request.Method == "POST":
                var container = account.NewId();
                account.Containers[container] = ("FINISHED", form.GetValueOrDefault("caption", ""),
                    [.. new[] { form.GetValueOrDefault("image_url") ?? form.GetValueOrDefault("video_url")
                        ?? form.GetValueOrDefault("children") }.OfType<string>()]);
                await Json(http, 200, new { id = container });
                break;
            case "media":
                await Json(http, 200, new { data = Visible(account).Select(
                    p => new { id = p.Id, caption = p.Text, timestamp = p.At, permalink = $"https://instagram.example/p/{p.Id}" }) });
                break;
            case "media_publish":
                var made = form["creation_id"];
                if (account.Containers[made].Status == "PUBLISHED") await Meta(http, 100, 0, "The container has been published.");
                else
                {
                    await CreateAsync(http, account, account.Containers[made].Caption, account.Containers[made].Media,
                        id => Json(http, 200, new { id }),
                        () => account.Containers[made] = account.Containers[made] with { Status = "PUBLISHED" });
                }
                break;
            case "photos":
                await Json(http, 200, new { id = account.NewId() });
                break;
            case "feed":
                await CreateAsync(http, account, form["message"],
                    [.. form.Where(f => f.Key.StartsWith("attached_media", StringComparison.Ordinal)).Select(f => f.Value)],
                    id => Json(http, 200, new { id }));
                break;
            case "published_posts":
                await Json(http, 200, new { data = Visible(account).Select(
                    p => new { id = p.Id, message = p.Text, created_time = p.At, permalink_url = $"https://facebook.example/{p.Id}" }) });
                break;
            case "insights":
                await Json(http, 200, new { data = new[] { ("views", 900), ("reach", 700), ("likes", 40), ("comments", 3), ("saved", 5),
                    ("shares", 2) }
                    .Select(m => new { name = m.Item1, values = new[] { new { value = m.Item2 } } }) });
                break;
            default:
                if (account.Containers.TryGetValue(parts[1], out var known))
                {
                    if (known.Status == "FINISHED" && account.Unready-- > 0) known.Status = "IN_PROGRESS";
                    await Json(http, 200, new { status_code = known.Status, id = parts[1] });
                }
                else await Json(http, 200, new { id = parts[1], permalink = $"https://instagram.example/p/{parts[1]}",
                    permalink_url = $"https://facebook.example/{parts[1]}" });
                break;
        }
    }

    private static async Task LinkedinAsync(HttpContext http, FakeAccount account, string body)
    {
        var path = http.Request.Path.Value!;
        if (http.Request.Headers["LinkedIn-Version"].Count == 0 && path.StartsWith("/rest/", StringComparison.Ordinal))
            await Json(http, 400, new { message = "A version must be present" });
        else if (path == "/rest/images")
            await Json(http, 200, new { value = new { uploadUrl = $"{Url}/upload/{account.NewId()}",
                image = $"urn:li:image:{account.NewId()}" } });
        else if (path.StartsWith("/upload/", StringComparison.Ordinal)) http.Response.StatusCode = 201;
        else if (path == "/rest/posts" && http.Request.Method == "POST")
        {
            var text = JsonDocument.Parse(body).RootElement.GetProperty("commentary").GetString()!;
            if (account.Posts.FirstOrDefault(p => p.Text == text) is { } twin)
                await Json(http, 422, new { message = $"Content is a duplicate of {twin.Id}", code = "DUPLICATE_POST", status = 422 });
            else await CreateAsync(http, account, text, [], id =>
            {
                http.Response.Headers["x-restli-id"] = id;
                http.Response.StatusCode = 201;
                return Task.CompletedTask;
            });
        }
        else await Json(http, 200,
            new { elements = Visible(account)
                .Select(p => new { id = p.Id, commentary = p.Text, createdAt = p.At.ToUnixTimeMilliseconds() }) });
    }

    private static async Task XAsync(HttpContext http, FakeAccount account, string body)
    {
        var path = http.Request.Path.Value!;
        if (path == "/2/media/upload") await Json(http, 200, new { data = new { id = account.NewId() } });
        else if (path == "/2/tweets" && http.Request.Method == "POST")
        {
            var tweet = JsonDocument.Parse(body).RootElement;
            var text = tweet.GetProperty("text").GetString()!;
            if (account.Posts.Any(p => p.Text == text))
                await Json(http, 403, new { title = "Forbidden", detail = "You are not allowed to create a Tweet with duplicate content.",
                    status = 403 });
            else
            {
                string[] media = tweet.TryGetProperty("media", out var m)
                    ? [.. m.GetProperty("media_ids").EnumerateArray().Select(i => i.GetString()!)] : [];
                await CreateAsync(http, account, text, media, id => Json(http, 201, new { data = new { id, text } }));
            }
        }
        else await Json(http, 200, new { data = Visible(account).Select(p => new { id = p.Id, text = p.Text, created_at = p.At }) });
    }

    private static async Task CreateAsync(HttpContext http, FakeAccount account, string text, string[] media, Func<string, Task> good,
        Action? then = null)
    {
        account.Creates++;
        var fate = account.Fates.TryDequeue(out var next) ? next : Fate.Posted;
        var id = account.Platform == SocialPlatform.Linkedin
            ? "urn:li:share:" + account.NewId().Replace("urn:li:organization:", "", StringComparison.Ordinal)
                .Replace("urn:li:person:", "", StringComparison.Ordinal)
            : account.NewId();
        if (fate == Fate.LastOne)
        {
            var reset = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 7;
            http.Response.Headers["x-rate-limit-remaining"] = "0";
            http.Response.Headers["x-rate-limit-reset"] = reset.ToString(CultureInfo.InvariantCulture);
            http.Response.Headers["X-Business-Use-Case-Usage"] = """{"1": [{"type": "pages", "call_count": 96, "total_time": 20}]}""";
            fate = Fate.Posted;
        }
        if (fate is Fate.Posted or Fate.AnswerLost or Fate.ErrorAfterPosting or Fate.SpamButPosted or Fate.SlowAnswer)
        {
            account.Posts.Enqueue(new SeenPost(id, text, media, TimeProvider.System.GetUtcNow()));
            then?.Invoke();
        }
        switch (fate)
        {
            case Fate.Posted: await good(id); break;
            case Fate.AnswerLost or Fate.RequestLost: http.Abort(); break;
            case Fate.ErrorAfterPosting: await Json(http, 500, new { message = "Internal error" }); break;
            case Fate.SlowAnswer: await Task.Delay(TimeSpan.FromSeconds(4)); await good(id); break;
            case Fate.Throttled when account.Platform == SocialPlatform.X:
                http.Response.Headers["x-rate-limit-reset"] = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 7).ToString(
                    CultureInfo.InvariantCulture);
                await Json(http, 429, new { title = "Too Many Requests", status = 429 });
                break;
            case Fate.Throttled when account.Platform == SocialPlatform.Linkedin:
                await Json(http, 429, new { message = "Throttled", status = 429 }); break;
            case Fate.Throttled:
                http.Response.Headers["X-Business-Use-Case-Usage"] =
                    """{"1": [{"call_count": 100, "estimated_time_to_regain_access": 20}]}""";
                await Meta(http, 32, 0, "Page request limit reached");
                break;
            case Fate.TokenExpired when account.Platform is SocialPlatform.Instagram or SocialPlatform.Facebook:
                await Meta(http, 190, 463, "The session has expired."); break;
            case Fate.TokenExpired: await Json(http, 401, new { message = "Expired", title = "Unauthorized", status = 401 }); break;
            case Fate.NotReady: await Meta(http, 9007, 2207027, "The media is not ready for publishing."); break;
            case Fate.SpamButPosted: await Meta(http, 4, 2207051, "We restrict certain activity."); break;
            case Fate.Duplicate: await Meta(http, 100, 1366051, "These photos were already posted."); break;
            default:
                await (account.Platform is SocialPlatform.Instagram or SocialPlatform.Facebook
                    ? Meta(http, 36003, 2207009, "The aspect ratio is not supported.")
                    : Json(http, 400, new { message = "Not valid", detail = "Not valid", status = 400 }));
                break;
        }
    }

    private static async Task RefreshAsync(HttpContext http, string body)
    {
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(body);
        // A refresh token is good once.
        var account = ByToken.Values.FirstOrDefault(a => a.RefreshToken is not null && a.RefreshToken == form["refresh_token"]);
        if (account is null)
        {
            await Json(http, 400, new { error = "invalid_request" });
            return;
        }
        account.RefreshToken += "+";
        GiveToken(account, account.Token + "+");
        await Json(http, 200, new { access_token = account.Token, refresh_token = account.RefreshToken, expires_in = 7200 });
    }

    private static IEnumerable<SeenPost> Visible(FakeAccount account) => account.HidesPosts ? [] : account.Posts.Reverse();

    private static Task Json(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(body);
    }

    private static Task Meta(HttpContext http, int code, int sub, string message) =>
        Json(http, 400, new { error = new { message, type = "OAuthException", code, error_subcode = sub, fbtrace_id = "trace" } });

    /// <summary>A very wide picture, as PNG: no network takes it as it is.</summary>
    private static readonly Lazy<byte[]> Photo = new(() =>
    {
        using var bitmap = new SkiaSharp.SKBitmap(1600, 500);
        bitmap.Erase(SkiaSharp.SKColors.SteelBlue);
        using var encoded = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    });
}
