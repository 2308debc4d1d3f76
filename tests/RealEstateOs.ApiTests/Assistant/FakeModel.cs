using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>A request as a model gets it.</summary>
internal sealed record ModelRequest(JsonElement Body, string? Authorization)
{
    public JsonElement[] Messages => Body.At("messages").Items();

    /// <summary>The last thing that a person said, with the sources above it.</summary>
    public string Question => Messages.Last(m => m.Text("role") == "user").Text("content")!;

    /// <summary>What tools answered in this conversation, the first first.</summary>
    public string[] Results => [.. Messages.Where(m => m.Text("role") == "tool").Select(m => m.Text("content")!)];

    public string[] Tools => Body.TryGetProperty("tools", out var tools)
        ? [.. tools.Items().Select(t => t.Text("function.name") ?? t.At("function").Text("name")!)] : [];
}

/// <summary>
/// A model's endpoint, real and local, that speaks as OpenAI's chat completions are documented to stream (chunks with deltas, tool calls in
/// fragments, usage in a last chunk without choices). What it says, the test says by a word of its question.
/// </summary>
internal sealed class FakeModel : IAsyncDisposable
{
    public const string Name = "fake-1", Key = "sk-test";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<ModelRequest, Reply, Task>> scripts = new();
    private readonly ConcurrentQueue<ModelRequest> requests = new();

    private FakeModel(WebApplication app) => this.app = app;

    public string Endpoint => $"{app.Urls.Single()}/v1";

    public static async Task<FakeModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var model = new FakeModel(builder.Build());
        model.app.MapPost("/v1/chat/completions", model.AnswerAsync);
        model.app.MapPost("/v1/embeddings", model.EmbedAsync);
        await model.app.StartAsync();
        return model;
    }

    /// <summary>What to answer where the question has this word.</summary>
    public void On(string word, Func<ModelRequest, Reply, Task> script) => scripts[word] = script;

    public ModelRequest[] Of(string word) => [.. requests.Where(r => r.Question.Contains(word, StringComparison.Ordinal))];

    private async Task AnswerAsync(HttpContext http)
    {
        var request = new ModelRequest((await JsonDocument.ParseAsync(http.Request.Body)).RootElement, http.Request.Headers.Authorization);
        requests.Enqueue(request);
        var script = scripts.Single(s => request.Question.Contains(s.Key, StringComparison.Ordinal)).Value;
        await script(request, new Reply(http));
    }

    /// <summary>What is embedded, the words of one thing in two languages: a text is as alike to a thing as it speaks of it.</summary>
    private static readonly string[][] Things =
        [["pool", "swim", "مسبح", "السباحة"], ["dog", "pet", "كلب"], ["guest", "park", "ضيوف", "موقف"]];

    /// <summary>Whether embeddings are refused.</summary>
    public bool RefusesEmbeddings { get; set; }

    /// <summary>The models that vectors were asked of, a name for each text.</summary>
    public ConcurrentQueue<string> Embedded { get; } = new();

    private async Task EmbedAsync(HttpContext http)
    {
        var body = (await JsonDocument.ParseAsync(http.Request.Body)).RootElement;
        if (RefusesEmbeddings)
        {
            await new Reply(http).FailAsync(503);
            return;
        }
        var texts = body.At("input").ValueKind == JsonValueKind.String ? [body.Text("input")!]
            : body.At("input").Items().Select(i => i.GetString()!).ToArray();
        foreach (var _ in texts) Embedded.Enqueue(body.Text("model")!);
        await http.Response.WriteAsJsonAsync(new
        {
            @object = "list", model = body.Text("model"),
            usage = new { prompt_tokens = 10 * texts.Length, total_tokens = 10 * texts.Length },
            data = texts.Select((text, index) => new { @object = "embedding", index, embedding = Encoded(VectorOf(text), body) }),
        });
    }

    private static float[] VectorOf(string text) =>
        [.. Things.Select(words => words.Count(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) * 3f), 0.1f];

    // The client asks for base64, which OpenAI answers as little-endian floats.
    private static object Encoded(float[] vector, JsonElement asked) => asked.TryGetProperty("encoding_format", out var format)
        && format.GetString() == "base64" ? Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector.AsSpan()))
        : vector;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    /// <summary>An answer while it is sent.</summary>
    internal sealed class Reply(HttpContext http)
    {
        public CancellationToken Aborted => http.RequestAborted;

        /// <summary>Text in these pieces, and a proper end.</summary>
        public async Task SayAsync(params string[] pieces)
        {
            foreach (var piece in pieces) await PieceAsync(piece);
            await EndAsync("stop");
        }

        public Task PieceAsync(string text) => ChunkAsync(new { role = "assistant", content = text });

        /// <summary>A call of a tool, its arguments in fragments.</summary>
        public async Task CallAsync(string tool, object arguments, int? cutAfter = null)
        {
            var text = JsonSerializer.Serialize(arguments);
            await ChunkAsync(new { role = "assistant",
                tool_calls = new[] { new { index = 0, id = $"call_{Guid.NewGuid():n}", type = "function",
                    function = new { name = tool, arguments = "" } } } });
            foreach (var part in text[..(cutAfter ?? text.Length)].Chunk(7))
                await ChunkAsync(new { tool_calls = new[] { new { index = 0, function = new { arguments = new string(part) } } } });
            await EndAsync("tool_calls");
        }

        public async Task EndAsync(string reason, bool usage = true)
        {
            await ChunkAsync(new { }, reason);
            if (usage) await LineAsync(new { id = "c", @object = "chat.completion.chunk", created = 1, model = Name,
                choices = Array.Empty<object>(), usage = new { prompt_tokens = 120, completion_tokens = 30, total_tokens = 150 } });
            await http.Response.WriteAsync("data: [DONE]\n\n");
        }

        /// <summary>An error instead of an answer, as OpenAI writes it.</summary>
        public async Task FailAsync(int status)
        {
            http.Response.StatusCode = status;
            await http.Response.WriteAsJsonAsync(new { error = new { message = "no", type = "error", code = (string?)null } });
        }

        public async Task RawAsync(string text)
        {
            Begin();
            await http.Response.WriteAsync(text);
            await http.Response.Body.FlushAsync();
        }

        private Task ChunkAsync(object delta, string? reason = null) =>
            LineAsync(new { id = "c", @object = "chat.completion.chunk", created = 1, model = Name,
                choices = new[] { new { index = 0, delta, finish_reason = reason } } });

        private Task LineAsync(object chunk) => RawAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n");

        private void Begin()
        {
            if (!http.Response.HasStarted) http.Response.ContentType = "text/event-stream";
        }
    }
}
