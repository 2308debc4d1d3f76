using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Assistant.Models;

/// <summary>
/// Section <c>Assistant:EmbeddingModel</c>: an embedding model behind an OpenAI-compatible endpoint, in place of the one that comes with
/// the product.
/// </summary>
internal sealed class EmbeddingModelOptions : IValidatableObject
{
    public const string Section = "Assistant:EmbeddingModel";

    /// <summary><c>https://api.openai.com/v1</c> …; what follows is the endpoint's <c>/embeddings</c>.</summary>
    public string? Endpoint { get; set; }

    public string? Name { get; set; }

    public string? ApiKey { get; set; }

    /// <summary>The longest time that a question waits for it; then it is looked for by its words.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The cosine from which on two texts speak of the same; models differ in it.</summary>
    [Range(0.0, 1.0)]
    public float Alike { get; set; } = 0.4f;

    /// <summary>For a million tokens, in the currency of <see cref="ModelOptions.Currency"/>; null where cost is not counted.</summary>
    [Range(0, 1_000_000)]
    public decimal? Price { get; set; }

    public bool IsOn => !string.IsNullOrWhiteSpace(Endpoint);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn) yield break;
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return new ValidationResult($"{Section}:Endpoint must be an http or https address.");
        if (string.IsNullOrWhiteSpace(Name)) yield return new ValidationResult($"{Section}:Name must name the model.");
        if (Patience < TimeSpan.FromMilliseconds(100) || Patience > TimeSpan.FromMinutes(1))
            yield return new ValidationResult($"{Section}:Patience must be between a tenth of a second and a minute.");
    }
}
