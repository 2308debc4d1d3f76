using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace RealEstateOs.ApiTests.Fixture;

/// <summary>Somebody who sends requests: a signed-in user, or nobody in particular.</summary>
public sealed class Actor(HttpClient client, string? token)
{
    public string? Token => token;

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Answer> PutAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, body, headers);

    public Task<Answer> PatchAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>A body may be anything JSON can say, a text that is sent as it is, or ready content.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, body, headers);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var content = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Answer(method, path, response, content);
    }

    /// <summary>An answer that is read while it comes.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, params (string Name, string Value)[] headers) =>
        client.SendAsync(Request(HttpMethod.Get, path, null, headers), HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken);

    private HttpRequestMessage Request(HttpMethod method, string path, object? body, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = body switch
            {
                null => null,
                HttpContent content => content,
                string raw => new StringContent(raw, MediaTypeHeaderValue.Parse("application/json")),
                _ => JsonContent.Create(body),
            },
        };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}

/// <summary>What came back.</summary>
public sealed class Answer(HttpMethod method, string path, HttpResponseMessage response, byte[] content)
{
    private readonly Lazy<JsonElement> json = new(() => JsonDocument.Parse(content).RootElement);
    private readonly Dictionary<string, string> headers = response.Headers.Concat(response.Content.Headers)
        .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);

    public int Status { get; } = (int)response.StatusCode;

    public byte[] Content => content;

    public string Text => System.Text.Encoding.UTF8.GetString(content).TrimStart('\uFEFF');

    public JsonElement Json => json.Value;

    public string? Header(string name) => headers.GetValueOrDefault(name);

    /// <summary>The JSON of an answer that must have this status; else the test says what came instead.</summary>
    public JsonElement Must(int status)
    {
        Assert.True(Status == status, $"{method} {path} answered {Status}, expected {status}: {Text[..Math.Min(Text.Length, 2000)]}");
        return content.Length == 0 ? default : Json;
    }

    /// <summary>A refusal: problem+json with this status and code.</summary>
    public JsonElement MustRefuse(int status, string code)
    {
        var problem = Must(status);
        Assert.StartsWith("application/problem+json", Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(code, problem.Text("code"));
        return problem;
    }

    /// <summary>The fields that a 422 names.</summary>
    public string[] MustNameFields(int status = 422) =>
        [.. Must(status).GetProperty("errors").EnumerateArray().Select(e => e.Text("field")!)];
}

public static class JsonReading
{
    public static string? Text(this JsonElement json, string member) =>
        json.At(member) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static long Long(this JsonElement json, string member) => json.At(member).GetInt64();

    public static decimal Number(this JsonElement json, string member) => json.At(member).GetDecimal();

    public static bool IsTrue(this JsonElement json, string member) => json.At(member).GetBoolean();

    public static bool IsNull(this JsonElement json, string member) => json.At(member).ValueKind == JsonValueKind.Null;

    public static long Id(this JsonElement json) => json.Long("id");

    public static JsonElement[] Items(this JsonElement json) => [.. json.EnumerateArray()];

    /// <summary>The member at a dotted path.</summary>
    public static JsonElement At(this JsonElement json, string path)
    {
        foreach (var member in path.Split('.'))
        {
            Assert.True(json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out _), $"No member {path} in {json}");
            json = json.GetProperty(member);
        }
        return json;
    }
}
