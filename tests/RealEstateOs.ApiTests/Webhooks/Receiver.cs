using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RealEstateOs.ApiTests.Fixture;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace RealEstateOs.ApiTests.Webhooks;

/// <summary>A message as it came in.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, string Body, int Answered)
{
    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    public JsonElement Data => Json.GetProperty("data");

    /// <summary>
    /// As a receiver checks it, with the library that others wrote for Standard Webhooks: one signature at a time, for there are two
    /// while a secret is rotated.
    /// </summary>
    public bool IsSignedWith(string secret) => Signature.Split(' ').Any(signature =>
    {
        try
        {
            new StandardWebhook(secret).Verify(Body, new HeaderDictionary
            {
                ["webhook-id"] = Id, ["webhook-timestamp"] = Timestamp, ["webhook-signature"] = signature,
            });
            return true;
        }
        catch (WebhookVerificationException)
        {
            return false;
        }
    });
}

/// <summary>Somebody's server, real and local, that answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    /// <summary>What hosts of tests need to reach it, and not to wait for hours.</summary>
    public static IEnumerable<(string, string)> Settings =>
    [
        ("Outgoing:AllowedNetworks:0", "127.0.0.0/8"), ("Webhooks:FirstDelay", "00:00:00.1"), ("Webhooks:LongestDelay", "00:00:00.4"),
        ("Webhooks:MaxAttempts", "5"),
        ("Webhooks:DisableAfter", "00:00:01"), ("Webhooks:DisableAfterFailures", "12"), ("Webhooks:Poll", "00:00:00.2"),
        ("Webhooks:Timeout", "00:00:05"), ("Webhooks:LeaseMargin", "00:00:01"),
    ];

    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> messages = new();
    private int calls;

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>The status to answer with; 204 where the test says nothing.</summary>
    public Func<Received, HttpContext, Task<int>> Answers { get; set; } = (_, _) => Task.FromResult(204);

    public string Url => app.Urls.Single();

    public int Calls => calls;

    /// <summary>All that was answered, in that order.</summary>
    public Received[] Messages => [.. messages];

    public Received[] Accepted => [.. messages.Where(m => m.Answered is >= 200 and < 300)];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public Task UntilAsync(Func<Receiver, bool> holds) => Eventually.UntilAsync(
        () => Task.FromResult(this), receiver => holds(receiver));

    public override string ToString() => $"a receiver of {string.Join(", ", messages.Select(m => $"{m.Type} {m.Data} -> {m.Answered}"))}";

    private async Task TakeAsync(HttpContext http)
    {
        Interlocked.Increment(ref calls);
        using var reader = new StreamReader(http.Request.Body);
        var (body, headers) = (await reader.ReadToEndAsync(), http.Request.Headers);
        var received = new Received(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, body, 0);
        var status = await Answers(received, http);
        if (!http.Response.HasStarted) http.Response.StatusCode = status;
        messages.Enqueue(received with { Answered = status });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
