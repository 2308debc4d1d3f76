using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using Polly;
using Polly.CircuitBreaker;

namespace RealEstateOs.Assistant.Models;

/// <summary>Why there is no answer of the model, in a sentence for who asked.</summary>
internal sealed class ModelFault(ModelOutcome outcome, string message, Exception? cause = null) : Exception(message, cause)
{
    public ModelOutcome Outcome => outcome;

    /// <summary>What the client threw; for what it can't read that is anything, from JsonException to ArgumentOutOfRangeException.</summary>
    public static ModelFault Of(Exception thrown) => thrown switch
    {
        OperationCanceledException => new(ModelOutcome.TimedOut, "The model took too long.", thrown),
        ClientResultException { Status: > 0 } refused =>
            new(ModelOutcome.Refused, $"The model's endpoint answered {refused.Status}.", thrown),
        _ => new(ModelOutcome.Failed, "The model was not reached, or its answer could not be read.", thrown),
    };
}

/// <summary>How endpoints that speak as OpenAI's do are called.</summary>
internal static class ModelEndpoint
{
    // The library would wait as long again for each retry; who waits here is a person.
    public static OpenAIClientOptions Settings(string endpoint, TimeSpan timeout) =>
        new() { Endpoint = new Uri(endpoint), NetworkTimeout = timeout, RetryPolicy = new ClientRetryPolicy(0) };

    public static ApiKeyCredential Key(string? key) => new(key is { Length: > 0 } ? key : "none");

    /// <summary>A provider that is down is left alone for a while, so that not every question waits for it.</summary>
    public static ResiliencePipeline Guard(TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5, MinimumThroughput = 8, SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(20), ShouldHandle = new PredicateBuilder().Handle<ModelFault>(),
        }).Build();
}
