using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RealEstateOs.Assistant.Models;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Assistant.Answers;

/// <summary>What would be done to answer; nothing was.</summary>
public sealed record PreviewResponse
{
    /// <summary>What a model would be given, word by word.</summary>
    public required string Prompt { get; init; }
    /// <summary>The passages that the prompt would carry.</summary>
    public required IReadOnlyList<Citation> Sources { get; init; }
    public required RetrievalMode Retrieval { get; init; }
    /// <summary>Null where no model is configured: then the answer is looked up or quoted.</summary>
    public required string? Model { get; init; }
    /// <summary>About a quarter of the prompt's letters.</summary>
    public required int EstimatedInputTokens { get; init; }
    /// <summary>Prompt and the longest answer at the configured prices; null where there is no model or no price.</summary>
    public required decimal? EstimatedCost { get; init; }
    /// <summary>ISO 4217 code of the cost; null where no price is configured.</summary>
    public required string? Currency { get; init; }
    /// <summary>What the model gets beside the prompt, or that there is no model.</summary>
    public string? Note { get; init; }
}

internal static class Preview
{
    private const string WithoutModel =
        "No model is configured: the answer is looked up in the office's records or quoted from these sources, and costs nothing.";
    private const string WithTools = "Tools that the model uses add to this: each use sends what was said once more.";

    /// <summary>Shows the prompt, the sources and the cost that a question would have. No model is asked.</summary>
    public static async Task<Ok<PreviewResponse>> Handle(
        AssistRequest request, Answerer answerer, IPropertyReader properties, IOptions<ModelOptions> options, CancellationToken ct)
    {
        var question = await Assist.ReadAsync(request, properties, ct);
        var found = await answerer.FindAsync(question, ct);
        var prompt = Prompt.Of(question, found.Relevant);
        var (model, tokens) = (options.Value, LanguageModel.Tokens(Prompt.System + prompt));
        var cost = model.IsOn ? model.CostOf(tokens, model.MaxOutputTokens) : null;
        return TypedResults.Ok(new PreviewResponse
        {
            Prompt = $"{Prompt.System}\n\n{prompt}", Sources = [.. found.Relevant.Select((p, i) => Citation.Of(p, i + 1))],
            Retrieval = found.Mode,
            Model = model.IsOn ? model.Name : null, EstimatedInputTokens = tokens, EstimatedCost = cost,
            Currency = cost is null ? null : model.Currency,
            Note = model.IsOn ? WithTools : WithoutModel,
        });
    }
}
