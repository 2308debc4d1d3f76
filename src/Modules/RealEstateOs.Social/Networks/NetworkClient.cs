using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Social.Networks;

/// <summary>A network's answer that was understood.</summary>
internal sealed record NetworkAnswer(int Status, JsonElement Json, HttpResponseHeaders Headers)
{
    public bool IsGood => Status is >= 200 and < 300;

    public string? Text(params string[] path) => TextOf(Json, path);

    /// <summary>The tokens of a sign-in.</summary>
    public OpenTokens Tokens =>
        new(Text("access_token") ?? throw new NoAnswer("The answer names no token."), Text("refresh_token"));

    /// <summary>A token given for an older one; null where there is none.</summary>
    /// <param name="refresh">The refresh token that goes on where no new one came.</param>
    public FreshTokens? Fresh(string? refresh, TimeSpan usual) => Text("access_token") is { } access
        ? new FreshTokens(access, Text("refresh_token") ?? refresh, Lifetime(usual)) : null;

    /// <summary>How long its token lasts, as it says; else as long as is usual there.</summary>
    public TimeSpan Lifetime(TimeSpan usual) =>
        long.TryParse(Text("expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds) : usual;

    public static string? TextOf(JsonElement json, params string[] path)
    {
        var at = json;
        foreach (var member in path)
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(member, out at)) return null;
        return at.ValueKind switch { JsonValueKind.String => at.GetString(), JsonValueKind.Number => at.GetRawText(), _ => null };
    }

    public IEnumerable<JsonElement> Items(string member) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray() : [];

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}

/// <summary>
/// Calls a network and writes down what was asked and answered, without its secrets. It repeats nothing, and the call that makes a post
/// public has a connection of its own: on one from the pool, .NET may send a request a second time when it breaks.
/// </summary>
internal sealed class NetworkClient(IHttpClientFactory clients, TimeSpan timeout, TimeProvider clock,
    Func<string, string>? dryAnswer = null)
{
    public const string Pooled = "social", Once = "social.once";
    private const string Hidden = "***";
    private const int LongestBody = 16 * 1024, LongestAnswer = 4 * 1024;

    private readonly List<NetworkCall> calls = [];

    public IReadOnlyList<NetworkCall> Calls => calls;

    /// <summary>So long the network wants the account to rest, by what it said beside its answers.</summary>
    public TimeSpan? Rest { get; private set; }

    public bool IsDry => dryAnswer is not null;

    /// <param name="creates">The call makes a post public.</param>
    /// <param name="secret">Request and answer hold tokens: that it was made is all that is written down.</param>
    public async Task<NetworkAnswer> SendAsync(string step, HttpRequestMessage request, CancellationToken ct, bool creates = false,
        bool secret = false)
    {
        var call = await NoteAsync(step, request, secret, ct);
        var started = clock.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            using var response = dryAnswer is { } answer
                ? new HttpResponseMessage { Content = new StringContent(answer(step)) }
                : await clients.CreateClient(creates ? Once : Pooled).SendAsync(request, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            call.Status = dryAnswer is null ? (int)response.StatusCode : null;
            call.Answer = secret ? Hidden : text.Shortened(LongestAnswer);
            Rest = CallsLeft.RestOf(response.Headers, creates, clock.GetUtcNow()) ?? Rest;
            if ((int)response.StatusCode is >= 500 or 408) throw new NoAnswer($"The network answered {(int)response.StatusCode}.");
            return new NetworkAnswer((int)response.StatusCode, Parse(text), response.Headers);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException
            || lost is OperationCanceledException && !ct.IsCancellationRequested)
        {
            call.Answer = lost is OperationCanceledException ? $"No answer within {timeout.TotalSeconds:0} s." : lost.Message;
            throw new NoAnswer(call.Answer);
        }
        finally
        {
            call.DurationMs = (int)clock.GetElapsedTime(started).TotalMilliseconds;
            request.Dispose();
        }
    }

    private async Task<NetworkCall> NoteAsync(string step, HttpRequestMessage request, bool secret, CancellationToken ct)
    {
        var headers = request.Headers.Where(h => h.Key != "Authorization").ToDictionary(h => h.Key, h => string.Join(", ", h.Value));
        if (request.Headers.Authorization is { } authorization) headers["Authorization"] = $"{authorization.Scheme} {Hidden}";
        var call = new NetworkCall
        {
            Step = step, Method = request.Method.Method,
            Url = secret ? request.RequestUri!.GetLeftPart(UriPartial.Path) : request.RequestUri!.ToString(),
            Body = secret ? Hidden : await BodyAsync(request.Content, ct),
            Headers = JsonSerializer.SerializeToElement(headers, Json.Options), CalledAt = clock.Now(),
        };
        calls.Add(call);
        return call;
    }

    private static async Task<string?> BodyAsync(HttpContent? content, CancellationToken ct)
    {
        if (content is null) return null;
        var bytes = await content.ReadAsByteArrayAsync(ct);
        if (content is not (StringContent or FormUrlEncodedContent))
            return $"{content.Headers.ContentType}: {bytes.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        return text.Shortened(LongestBody);
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new NoAnswer("The answer can't be read.");
        }
    }
}
