using System.ClientModel;

namespace RealEstateOs.Assistant.Models;

/// <summary>Why there is no answer of the model, in a sentence for who asked.</summary>
internal sealed class ModelFault(ModelOutcome outcome, string message, Exception? cause = null) : Exception(message, cause)
{
    public ModelOutcome Outcome => outcome;

    /// <summary>
    /// What the client threw; for what it can't read that is anything, from JsonException to ArgumentOutOfRangeException.
    /// </summary>
    public static ModelFault Of(Exception thrown) => thrown switch
    {
        OperationCanceledException => new(ModelOutcome.TimedOut, "The model took too long.", thrown),
        ClientResultException { Status: > 0 } refused =>
            new(ModelOutcome.Refused, $"The model's endpoint answered {refused.Status}.", thrown),
        _ => new(ModelOutcome.Failed, "The model was not reached, or its answer could not be read.", thrown),
    };
}
