namespace RealEstateOs.Contracts.Assistant;

/// <summary>
/// The language model of this installation, for modules that have it word something; for the signed-in user, within the office's budget.
/// What it writes is untrusted: whoever asks checks it.
/// </summary>
public interface IModelWriter
{
    /// <summary>Null where no model is configured.</summary>
    string? Model { get; }

    /// <summary>
    /// A text by these instructions from this material, of which the model sees nothing else. Where none comes about, a 503 says why. No
    /// transaction may be open: it takes as long as it takes.
    /// </summary>
    Task<string> WriteAsync(string instructions, string material, CancellationToken ct);
}
