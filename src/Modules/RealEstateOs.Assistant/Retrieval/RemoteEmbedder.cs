using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI.Embeddings;
using RealEstateOs.Assistant.Models;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>
/// An embedding model behind an OpenAI-compatible endpoint, for all languages; what it takes counts against the office's budget. A question
/// does not wait long for it.
/// </summary>
internal sealed class RemoteEmbedder(IOptions<EmbeddingModelOptions> options, ModelBudget budget, TimeProvider clock,
    ILogger<RemoteEmbedder> log) : Embedder
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly ModelGuard guard = new(clock, log);

    private readonly IEmbeddingGenerator<string, Embedding<float>> generator = new EmbeddingClient(options.Value.Name,
        ModelEndpoint.Key(options.Value.ApiKey), ModelEndpoint.Settings(options.Value.Endpoint!, Longest)).AsIEmbeddingGenerator();

    public override string Model => options.Value.Name!;

    public override float Alike => options.Value.Alike;

    public override string[] Languages => Extraction.Languages.All;

    public override async Task<float[]?> QuestionAsync(Spender who, string question, CancellationToken ct)
    {
        try
        {
            return (await EmbedAsync(who, [Prepared(question)], options.Value.Patience, ct))?[0];
        }
        catch (ModelFault)
        {
            return null; // the guard has said why
        }
    }

    public override Task<float[][]?> PassagesAsync(Spender who, IReadOnlyList<string> passages, CancellationToken ct) =>
        EmbedAsync(who, [.. passages.Select(Prepared)], Longest, ct);

    private async Task<float[][]?> EmbedAsync(Spender who, string[] texts, TimeSpan patience, CancellationToken ct)
    {
        if (await budget.SetAsideAsync(who, Model, texts.Sum(LanguageModel.Tokens), ct) is not { } call) return null;
        var (startedAt, tokens, outcome) = (clock.GetTimestamp(), (int?)null, ModelOutcome.Stopped);
        try
        {
            var made = await guard.AskAsync(token => GenerateAsync(texts, patience, token), ct);
            (tokens, outcome) = ((int?)made.Usage?.InputTokenCount, ModelOutcome.Answered);
            return [.. made.Select(e => Normalised(e.Vector))];
        }
        catch (ModelFault fault)
        {
            outcome = fault.Outcome;
            throw;
        }
        finally
        {
            var cost = options.Value.Price is { } price && tokens is { } taken ? taken * price / 1_000_000m : (decimal?)null;
            await budget.SettleAsync(who, call, new(tokens, tokens is null ? null : 0, outcome == ModelOutcome.Refused ? 0 : tokens, cost,
                outcome, clock.GetElapsedTime(startedAt)));
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(string[] texts, TimeSpan patience, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(patience);
        try
        {
            var made = await generator.GenerateAsync(texts, null, late.Token);
            return made.Count == texts.Length && made.All(e => e.Vector.Length > 0 && e.Vector.Length == made[0].Vector.Length) ? made
                : throw new InvalidDataException($"{texts.Length} texts were sent, and {made.Count} vectors came.");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !ct.IsCancellationRequested)
        {
            throw ModelFault.Of(fault);
        }
    }

    private static float[] Normalised(ReadOnlyMemory<float> vector)
    {
        var (result, length) = (new float[vector.Length], TensorPrimitives.Norm(vector.Span));
        if (length > 0) TensorPrimitives.Divide(vector.Span, length, result);
        return result;
    }

    public override void Dispose() => generator.Dispose();
}
