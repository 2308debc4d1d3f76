using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RealEstateOs.ApiTests.Syndication;

/// <summary>A listing on the fake portal.</summary>
internal sealed class PortalEntry(string id, JsonObject body)
{
    public string Id => id;
    public JsonObject Body { get; set; } = body;
    public string Stage { get; set; } = "draft";
    public string Type { get; set; } = "draft";
    public int Publishes { get; set; }
    public int Unpublishes { get; set; }
}

/// <summary>A client of the portal; its key tells it apart from those of other tests.</summary>
internal sealed class PortalClient(string key)
{
    public string Key => key;
    public string Secret { get; set; } = $"secret-{key}";
    public ConcurrentDictionary<string, PortalEntry> Listings { get; } = new();
    public ConcurrentQueue<string> Requests { get; } = new();
    public ConcurrentDictionary<string, (string Callback, string Secret)> Webhooks { get; } = new();
    public ConcurrentDictionary<string, bool> Tokens { get; } = new();
    public int TokensIssued;
    /// <summary>What the next calls of this kind meet ("create", "publish" …), one after the other.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> Fates { get; } = new();
    /// <summary>The state of a listing that was asked to be published, when it is next looked at.</summary>
    public string AfterPublish { get; set; } = "live";
    public string? Reason { get; set; }

    public PortalEntry Only => Listings.Values.Single();

    public void Meets(string call, params string[] fates)
    {
        foreach (var fate in fates) Fates.GetOrAdd(call, _ => new()).Enqueue(fate);
    }

    /// <summary>Tells the host of an event as the portal does, signed.</summary>
    public async Task<int> TellAsync(HttpClient host, string type, object entity, object? payload = null, string? secret = null)
    {
        var (callback, known) = Webhooks[type];
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = Guid.NewGuid(), type, timestamp = "2026-11-28T10:00:00Z", entity,
            payload = payload ?? new { } });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(callback).PathAndQuery);
        request.Content = new ByteArrayContent(body);
        if (secret != "") request.Headers.Add("X-Signature",
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? known), body)));
        using var answer = await host.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }
}

/// <summary>
/// Property Finder's Enterprise API as its documentation describes it, real and local: tokens that end, drafts, publishing that is accepted
/// before it is done, errors with their types. One server for all tests, a client for each.
/// </summary>
internal static class FakePropertyFinder
{
    private static readonly ConcurrentDictionary<string, PortalClient> Clients = new();
    private static readonly Lazy<WebApplication> App = new(Start);
    private static int keys;

    public static string Url => App.Value.Urls.Single();

    public static IEnumerable<(string, string)> Settings =>
        [("PropertyFinder:Url", Url + "/"), ("PropertyFinder:FirstLook", "00:00:00.3"), ("PropertyFinder:CallTimeout", "00:00:02")];

    public static PortalClient NewClient()
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"key-{Interlocked.Increment(ref keys)}-{Guid.NewGuid():n}");
        return Clients[key] = new PortalClient(key);
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
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync();
        var body = text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        if (http.Request.Path == "/v1/auth/token")
        {
            await IssueAsync(http, body!);
            return;
        }
        var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (Clients.Values.FirstOrDefault(c => c.Tokens.TryGetValue(token, out var good) && good) is not { } client)
        {
            await FailAsync(http, 401, "AUTHENTICATION", "access denied");
            return;
        }
        var path = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        var call = (http.Request.Method, path) switch
        {
            ("GET", ["listings"]) => "find", ("POST", ["listings"]) => "create", ("PUT", ["listings", _]) => "update",
            ("POST", ["listings", _, "publish"]) => "publish", ("POST", ["listings", _, "unpublish"]) => "unpublish",
            ("GET", ["locations"]) => "locations", (_, ["webhooks"]) => "webhooks", _ => "unknown",
        };
        client.Requests.Enqueue($"{call} {http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        var fate = client.Fates.TryGetValue(call, out var fates) && fates.TryDequeue(out var next) ? next : "good";
        switch (fate)
        {
            case "lost-before": http.Abort(); return;
            case "500": await FailAsync(http, 500, "INTERNAL", "Internal Server Error"); return;
            case "429": await FailAsync(http, 429, "RATE_LIMIT", "Rate limit exceeded"); return;
            case "401": client.Tokens[token] = false; await FailAsync(http, 401, "AUTHENTICATION", "access denied"); return;
            case "422":
                await FailAsync(http, 422, "BUSINESS_VALIDATION", "",
                    new { type = "RequiredField", detail = "permit is not valid", pointer = "/compliance" });
                return;
        }
        var answer = Do(call, path, http.Request, body, client, out var status);
        if (fate == "lost-after")
        {
            http.Abort();
            return;
        }
        if (fate == "slow") await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted);
        if (fate == "500-after")
        {
            await FailAsync(http, 500, "INTERNAL", "Internal Server Error");
            return;
        }
        http.Response.StatusCode = status;
        if (status == 409) http.Response.ContentType = "application/problem+json";
        await http.Response.WriteAsJsonAsync(answer);
    }

    private static object Do(string call, string[] path, HttpRequest request, JsonObject? body, PortalClient client, out int status)
    {
        status = 200;
        lock (client)
            switch (call)
            {
                case "find":
                    var (reference, drafts) = (request.Query["filter[reference]"].ToString(), request.Query["draft"] == "true");
                    var found = client.Listings.Values.Where(l => (string?)l.Body["reference"] == reference
                        && drafts == (l.Stage == "draft")).ToList();
                    return new { results = found.Select(l => { Settle(l, client); return Show(l, client); }).ToList() };
                case "create":
                    if (client.Listings.Values.Any(l => (string?)l.Body["reference"] == (string?)body!["reference"]))
                    {
                        status = 409;
                        return new { title = "Conflict", type = "CONFLICT", detail = "a listing with this reference exists" };
                    }
                    var made = new PortalEntry($"01{client.Listings.Count:d6}{Guid.NewGuid():n}"[..26].ToUpperInvariant(), body!);
                    client.Listings[made.Id] = made;
                    return Show(made, client);
                case "update":
                    client.Listings[path[1]].Body = body!;
                    return Show(client.Listings[path[1]], client);
                case "publish":
                    var published = client.Listings[path[1]];
                    published.Publishes++;
                    published.Type = "pending_publishing";
                    return new { };
                case "unpublish":
                    var left = client.Listings[path[1]];
                    left.Unpublishes++;
                    left.Type = "live_pending_unpublishing";
                    return new { };
                case "locations":
                    return new { data = new[] { new { id = 50, name = "Dubai Marina", type = "COMMUNITY",
                        tree = new[] { new { id = 1, name = "Dubai" } } } } };
                case "webhooks" when request.Method == "POST":
                    client.Webhooks[(string)body!["eventId"]!] = ((string)body["callbackUrl"]!, (string)body["secret"]!);
                    status = 201;
                    return new { eventId = (string?)body["eventId"], callbackUrl = (string?)body["callbackUrl"] };
                case "webhooks":
                    return new { data = client.Webhooks.Select(w => new { eventId = w.Key, callbackUrl = w.Value.Callback }) };
                default:
                    status = 404;
                    return new { title = "Not Found", type = "NOT_FOUND" };
            }
    }

    // What was asked is done by the time somebody looks again.
    private static void Settle(PortalEntry listing, PortalClient client)
    {
        if (listing.Type == "live_pending_unpublishing") (listing.Stage, listing.Type) = ("draft", "unpublished");
        else if (listing.Type == "pending_publishing" && client.AfterPublish != "pending_publishing")
            (listing.Stage, listing.Type) = (client.AfterPublish == "live" ? "live" : "draft", client.AfterPublish);
    }

    private static object Show(PortalEntry l, PortalClient client) => new
    {
        id = l.Id, reference = (string?)l.Body["reference"],
        state = new { stage = l.Stage, type = l.Type, reasons = client.Reason is { } reason ? new[] { new { en = reason } } : [] },
    };

    private static async Task IssueAsync(HttpContext http, JsonObject body)
    {
        if (!Clients.TryGetValue((string?)body["apiKey"] ?? "", out var client) || client.Secret != (string?)body["apiSecret"])
        {
            await FailAsync(http, 401, "AUTHENTICATION", "unauthorized");
            return;
        }
        var token = Guid.NewGuid().ToString("n");
        client.Tokens[token] = true;
        Interlocked.Increment(ref client.TokensIssued);
        await http.Response.WriteAsJsonAsync(new { accessToken = token, expiresIn = 1800, tokenType = "Bearer" });
    }

    private static Task FailAsync(HttpContext http, int status, string type, string detail, params object[] errors)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { title = type, type, detail, errors }, (JsonSerializerOptions?)null,
            "application/problem+json");
    }
}
