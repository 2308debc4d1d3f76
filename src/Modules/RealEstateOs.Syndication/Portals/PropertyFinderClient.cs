using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RealEstateOs.Syndication.Feeds;

namespace RealEstateOs.Syndication.Portals;

/// <summary>Section <c>PropertyFinder</c>: the portal's Enterprise API.</summary>
public sealed record PropertyFinderOptions
{
    public const string Section = "PropertyFinder";

    public Uri Url { get; set; } = new("https://atlas.propertyfinder.com/");

    /// <summary>How long one call may take. What was sent and not answered by then may have arrived.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before it is looked whether a listing is live; then longer. The portal names 30 to 60 seconds.</summary>
    public TimeSpan FirstLook { get; set; } = TimeSpan.FromSeconds(30);
}

internal enum PortalFaultKind
{
    /// <summary>Key, secret or rights: a person has to connect anew.</summary>
    Credentials,
    Throttled,

    /// <summary>No answer, or an error of the portal: what was asked may have been done.</summary>
    Unclear,

    /// <summary>A rule of the portal: its words are for the agent.</summary>
    Refused,

    /// <summary>Such a reference exists already.</summary>
    Conflict,
    NotFound,
}

/// <summary>The portal said no, or nothing.</summary>
internal sealed class PortalFault(PortalFaultKind kind, IReadOnlyList<string> words) : Exception(string.Join(' ', words))
{
    public PortalFaultKind Kind => kind;
    public IReadOnlyList<string> Words => words;
    public TimeSpan? After { get; init; }
}

/// <summary>A listing as the portal has it.</summary>
/// <param name="Stage"><c>draft</c>, <c>live</c>, <c>takendown</c> or <c>archived</c>.</param>
/// <param name="Type">One of many, and more may come: they are told by their beginning.</param>
internal sealed record PortalCopy(string Id, string Stage, string Type, IReadOnlyList<string> Reasons)
{
    public bool IsLive => Stage == "live" || Type.StartsWith("live", StringComparison.Ordinal);
    public bool IsPending => Type is "pending_approval" or "approved" or "pending_publishing";
    public bool HasFailed => Type is "rejected" or "publishing_failed";
    public bool IsTakenDown => Stage is "takendown" or "archived" || Type.StartsWith("takendown", StringComparison.Ordinal);
}

/// <summary>
/// Property Finder's Enterprise API. It repeats nothing but a call whose token had ended; each call has a connection of its own, because on
/// one from the pool .NET may send a request a second time when it breaks.
/// </summary>
internal sealed class PropertyFinderClient(IHttpClientFactory clients, IOptions<PropertyFinderOptions> options, PortalTokens tokens,
    PortalSeal seal)
{
    public const string Http = "portals";

    /// <summary>By our reference, among the published ones and among the drafts: the portal answers one or the other.</summary>
    public async Task<PortalCopy?> FindAsync(PortalAccount account, string reference, CancellationToken ct)
    {
        foreach (var drafts in new[] { "", "&draft=true" })
        {
            var answer = await SendAsync(account, HttpMethod.Get,
                $"v1/listings?perPage=20&filter[reference]={Uri.EscapeDataString(reference)}{drafts}", null, ct);
            foreach (var copy in Items(answer, "results"))
                if (Text(copy, "reference") == reference) return Read(copy);
        }
        return null;
    }

    /// <summary>Makes a draft.</summary>
    public async Task<PortalCopy> CreateAsync(PortalAccount account, object body, CancellationToken ct) =>
        Read(await SendAsync(account, HttpMethod.Post, "v1/listings", body, ct));

    public async Task<PortalCopy> UpdateAsync(PortalAccount account, string id, object body, CancellationToken ct) =>
        Read(await SendAsync(account, HttpMethod.Put, $"v1/listings/{Uri.EscapeDataString(id)}", body, ct));

    /// <summary>Good means accepted only.</summary>
    public Task PublishAsync(PortalAccount account, string id, CancellationToken ct) =>
        SendAsync(account, HttpMethod.Post, $"v1/listings/{Uri.EscapeDataString(id)}/publish", null, ct);

    public Task UnpublishAsync(PortalAccount account, string id, CancellationToken ct) =>
        SendAsync(account, HttpMethod.Post, $"v1/listings/{Uri.EscapeDataString(id)}/unpublish", null, ct);

    public Task<JsonElement> LocationsAsync(PortalAccount account, string search, CancellationToken ct) =>
        SendAsync(account, HttpMethod.Get, $"v1/locations?perPage=20&search={Uri.EscapeDataString(search)}", null, ct);

    /// <summary>Has the portal tell us of listings, each event once.</summary>
    public async Task SubscribeAsync(PortalAccount account, string callback, string secret, CancellationToken ct)
    {
        var known = Items(await SendAsync(account, HttpMethod.Get, "v1/webhooks", null, ct), "data")
            .Where(w => Text(w, "callbackUrl") == callback || Text(w, "url") == callback).Select(w => Text(w, "eventId")).ToHashSet();
        foreach (var name in new[] { "listing.published", "listing.unpublished", "listing.action" })
            if (!known.Contains(name))
                await SendAsync(account, HttpMethod.Post, "v1/webhooks", new { eventId = name, callbackUrl = callback, secret }, ct);
    }

    private async Task<JsonElement> SendAsync(PortalAccount account, HttpMethod method, string path, object? body, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var token = await tokens.OfAsync(account, () => IssueAsync(account, ct), ct);
            using var request = new HttpRequestMessage(method, new Uri(options.Value.Url, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (body is not null) request.Content = JsonContent.Create(body, options: PropertyFinderBody.Json);
            try
            {
                return await CallAsync(request, ct);
            }
            catch (PortalFault fault) when (fault.Kind == PortalFaultKind.Credentials && attempt == 1)
            {
                tokens.Forget(account, token); // it may have ended early
            }
        }
    }

    private async Task<(string Token, TimeSpan Lifetime)> IssueAsync(PortalAccount account, CancellationToken ct)
    {
        if (seal.Open(account.ApiKey, account.OrganizationId) is not { } key
            || seal.Open(account.ApiSecret, account.OrganizationId) is not { } secret)
            throw new PortalFault(PortalFaultKind.Credentials, ["The key can't be opened here any more."]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.Url, "v1/auth/token"))
        {
            Content = JsonContent.Create(new { apiKey = key, apiSecret = secret }),
        };
        var answer = await CallAsync(request, ct);
        var seconds = answer.TryGetProperty("expiresIn", out var given) && given.TryGetInt32(out var lifetime) ? lifetime : 600;
        return (Text(answer, "accessToken") ?? throw new PortalFault(PortalFaultKind.Unclear, ["The portal gave no token."]),
            TimeSpan.FromSeconds(seconds));
    }

    private async Task<JsonElement> CallAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.CallTimeout);
        try
        {
            using var response = await clients.CreateClient(Http).SendAsync(request, limit.Token);
            var json = Parse(await response.Content.ReadAsByteArrayAsync(limit.Token));
            return response.IsSuccessStatusCode ? json : throw FaultOf(response, json);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException
            || lost is OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new PortalFault(PortalFaultKind.Unclear, ["The portal did not answer."]);
        }
    }

    private static PortalFault FaultOf(HttpResponseMessage response, JsonElement json)
    {
        var words = Items(json, "errors").Select(e => $"{Text(e, "pointer")} {Text(e, "detail")}".Trim()).Where(w => w.Length > 0).ToList();
        if (words.Count == 0)
            words.Add(Text(json, "detail") is { Length: > 0 } detail ? detail : Text(json, "title") ?? "No reason given.");
        var kind = (int)response.StatusCode switch
        {
            401 or 403 => PortalFaultKind.Credentials, 404 => PortalFaultKind.NotFound, 409 => PortalFaultKind.Conflict,
            429 => PortalFaultKind.Throttled, 408 or >= 500 => PortalFaultKind.Unclear, _ => PortalFaultKind.Refused,
        };
        return new PortalFault(kind, words) { After = response.Headers.RetryAfter?.Delta };
    }

    private static PortalCopy Read(JsonElement json)
    {
        var state = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("state", out var given) ? given : default;
        return new PortalCopy(Text(json, "id") ?? throw new PortalFault(PortalFaultKind.Unclear, ["The portal named no listing."]),
            Text(state, "stage") ?? "", Text(state, "type") ?? "",
            [.. Items(state, "reasons").Select(r => Text(r, "en") ?? Text(r, "ar")).OfType<string>()]);
    }

    private static JsonElement Parse(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content.Length == 0 ? "{}"u8.ToArray() : content);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    internal static string? Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null,
        } : null;

    internal static IEnumerable<JsonElement> Items(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray() : [];
}

/// <summary>Access tokens until a minute before their end, one request for all who wait.</summary>
internal sealed class PortalTokens(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim issuing = new(1);

    public async Task<string> OfAsync(PortalAccount account, Func<Task<(string Token, TimeSpan Lifetime)>> issue, CancellationToken ct)
    {
        var key = KeyOf(account);
        if (Fresh(key) is { } token) return token;
        await issuing.WaitAsync(ct);
        try
        {
            if (Fresh(key) is { } theirs) return theirs;
            var (issued, lifetime) = await issue();
            known[key] = (issued, clock.GetUtcNow() + lifetime - TimeSpan.FromMinutes(1));
            return issued;
        }
        finally
        {
            issuing.Release();
        }
    }

    public void Forget(PortalAccount account, string token)
    {
        if (known.TryGetValue(KeyOf(account), out var kept) && kept.Token == token) known.TryRemove(KeyOf(account), out _);
    }

    private string? Fresh(string key) => known.TryGetValue(key, out var kept) && kept.Until > clock.GetUtcNow() ? kept.Token : null;

    // A new secret is another account.
    private static string KeyOf(PortalAccount account) => $"{account.Id.Value} {Convert.ToBase64String(account.ApiSecret)}";
}
