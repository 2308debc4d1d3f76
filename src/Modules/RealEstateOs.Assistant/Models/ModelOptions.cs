using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Assistant.Models;

/// <summary>
/// Section <c>Assistant:Model</c>: a language model behind an OpenAI-compatible endpoint. Without endpoint and name there is none.
/// </summary>
internal sealed class ModelOptions : IValidatableObject
{
    public const string Section = "Assistant:Model";

    /// <summary>
    /// <c>https://api.openai.com/v1</c>, <c>http://localhost:11434/v1</c> …; what follows is the endpoint's <c>/chat/completions</c>.
    /// </summary>
    public string? Endpoint { get; set; }

    public string? Name { get; set; }

    public string? ApiKey { get; set; }

    /// <summary>An answer altogether, with all its rounds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time in which nothing comes.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the model is asked for one answer: once, and again after each use of tools.</summary>
    [Range(1, 10)]
    public int MaxRounds { get; set; } = 4;

    [Range(64, 32_000)]
    public int MaxOutputTokens { get; set; } = 1_000;

    [Range(1_000, 1_000_000)]
    public int MaxInputTokens { get; set; } = 16_000;

    /// <summary>Of one organization in a calendar month (UTC), input and output together.</summary>
    [Range(0, long.MaxValue)]
    public long MonthlyTokens { get; set; } = 5_000_000;

    /// <summary>For a million tokens, in <see cref="Currency"/>; null where cost is not counted.</summary>
    [Range(0, 1_000_000)]
    public decimal? InputPrice { get; set; }

    /// <inheritdoc cref="InputPrice"/>
    [Range(0, 1_000_000)]
    public decimal? OutputPrice { get; set; }

    [RegularExpression("[A-Z]{3}")]
    public string Currency { get; set; } = "USD";

    public bool IsOn => !string.IsNullOrWhiteSpace(Endpoint);

    public decimal? CostOf(long input, long output) =>
        InputPrice is null && OutputPrice is null ? null : ((input * (InputPrice ?? 0)) + (output * (OutputPrice ?? 0))) / 1_000_000m;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn) yield break;
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return new ValidationResult($"{Section}:Endpoint must be an http or https address.");
        if (string.IsNullOrWhiteSpace(Name)) yield return new ValidationResult($"{Section}:Name must name the model.");
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(2))
            yield return new ValidationResult($"{Section}:Timeout must be between a second and two minutes.");
        if (Silence < TimeSpan.FromMilliseconds(100) || Silence > Timeout)
            yield return new ValidationResult($"{Section}:Silence must be between a tenth of a second and the timeout.");
    }
}
