using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace RealEstateOs.Assistant.Models;

/// <summary>A provider that is down is left alone for a while, so that not every question waits for it.</summary>
internal sealed class ModelGuard(TimeProvider clock, ILogger log)
{
    private readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5, MinimumThroughput = 8, SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(20), ShouldHandle = new PredicateBuilder().Handle<ModelFault>(),
        }).Build();

    /// <summary>Asks, unless the provider is left alone: that is a <see cref="ModelFault"/>, too, and took nothing.</summary>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await ask(token), ct);
        }
        catch (BrokenCircuitException resting)
        {
            throw new ModelFault(ModelOutcome.Refused, "The model has failed several times and is left alone for a moment.", resting);
        }
        catch (ModelFault fault)
        {
            log.LogWarning(fault.InnerException, "The model gave no answer: {Reason}", fault.Message);
            throw;
        }
    }
}
