using System.Text.RegularExpressions;
using RealEstateOs.Assistant.Models;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>
/// Meaning as numbers: vectors of length 1, so that the product of two says how alike they are. Those of different models can't be
/// compared.
/// </summary>
internal abstract partial class Embedder : IDisposable
{
    /// <summary>Stands beside each vector that it made; null where passages are found by their words alone.</summary>
    public abstract string? Model { get; }

    /// <summary>From here on two texts speak of the same.</summary>
    public abstract float Alike { get; }

    /// <summary>Those that it knows; what is in another is found by its words.</summary>
    public abstract string[] Languages { get; }

    /// <summary>Null where it can't be had now: the question is looked for by its words.</summary>
    public abstract Task<float[]?> QuestionAsync(Spender who, string question, CancellationToken ct);

    /// <summary>In their order; null where they can't be had, and will not be by trying again.</summary>
    public abstract Task<float[][]?> PassagesAsync(Spender who, IReadOnlyList<string> passages, CancellationToken ct);

    // A line break glues two words into an unknown one for tokenizers that part them at a space only.
    protected static string Prepared(string text) => Blanks().Replace(text, " ").Trim();

    public virtual void Dispose()
    {
    }

    [GeneratedRegex(@"[\s\u00A0]+")]
    private static partial Regex Blanks();
}
