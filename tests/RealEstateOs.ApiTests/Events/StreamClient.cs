using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.ApiTests.Events;

internal sealed record Frame(long Id, string? Name, JsonElement Data);

/// <summary>Reads a stream as a browser does: fields, a blank line, and the last id kept.</summary>
internal sealed class StreamClient(HttpClient client, HttpResponseMessage response, StreamReader lines) : IAsyncDisposable
{
    public HttpResponseMessage Response => response;

    public long LastId { get; private set; }

    public List<string> Comments { get; } = [];

    public static async Task<StreamClient> OpenAsync(EventHost host, Principal? who, string query = "", long? lastEventId = null)
    {
        var client = Client(host, who);
        if (lastEventId is { } id) client.DefaultRequestHeaders.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        var response = await client.GetAsync(new Uri("/api/v1/sse/stream" + query, UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead);
        var stream = new StreamClient(client, response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        if (response.IsSuccessStatusCode) await stream.UntilJoinedAsync();
        return stream;
    }

#pragma warning disable RS0030 // a test has no factory of clients
    public static HttpClient Client(EventHost host, Principal? who)
    {
        var client = new HttpClient { BaseAddress = host.Address };
        if (who is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken(host, who));
        return client;
    }
#pragma warning restore RS0030

    public async Task<List<Frame>> ReadAsync(int count)
    {
        using var limit = Eventually.Limit();
        var frames = new List<Frame>();
        while (frames.Count < count) frames.Add(await NextAsync(limit.Token) ?? throw new EndOfStreamException());
        return frames;
    }

    /// <summary>What comes within the time.</summary>
    public async Task<List<Frame>> ReadForAsync(double seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var frames = new List<Frame>();
        try
        {
            while (await NextAsync(limit.Token) is { } frame) frames.Add(frame);
        }
        catch (OperationCanceledException)
        {
        }
        return frames;
    }

    /// <summary>Null at the end of the stream.</summary>
    public async Task<Frame?> NextAsync(CancellationToken ct)
    {
        string? name = null, data = null;
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            if (line.StartsWith(':')) Comments.Add(line[1..].Trim());
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) LastId = long.Parse(line[4..], CultureInfo.InvariantCulture);
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && data is not null) return new Frame(LastId, name, JsonElement.Parse(data));
        }
        return null;
    }

    private async Task UntilJoinedAsync()
    {
        using var limit = Eventually.Limit();
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (!line.StartsWith("id: ", StringComparison.Ordinal)) continue;
            LastId = long.Parse(line[4..], CultureInfo.InvariantCulture);
            return;
        }
    }

    private static string AccessToken(EventHost host, Principal who) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = JwtSettings.Issuer, Audience = JwtSettings.Audience,
        SigningCredentials = new SigningCredentials(host.Services.GetRequiredService<JwtSettings>().Key, SecurityAlgorithms.HmacSha256),
        Claims = new Dictionary<string, object>
        {
            ["sub"] = who.UserId.Value.ToString(CultureInfo.InvariantCulture),
            [JwtSettings.SessionClaim] = who.SessionId.ToString(CultureInfo.InvariantCulture),
        },
    });

    public async ValueTask DisposeAsync()
    {
        lines.Dispose();
        response.Dispose();
        client.Dispose();
        await Task.CompletedTask;
    }
}
