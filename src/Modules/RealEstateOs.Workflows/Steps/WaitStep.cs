using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Workflows.Steps;

internal sealed record WaitInput
{
    /// <summary>The time at which the wait ends.</summary>
    public DateTimeOffset? Until { get; init; }
    public double? Minutes { get; init; }
    public double? Hours { get; init; }
    public double? Days { get; init; }
}

/// <summary>Waits for a time or for a while, at most a year.</summary>
internal sealed class WaitStep(TimeProvider clock) : IWorkflowStep<WaitInput>
{
    public Task<StepResult> RunAsync(WaitInput input, StepContext context, CancellationToken ct)
    {
        var now = clock.Now();
        var minutes = (input.Minutes ?? 0) + (60 * (input.Hours ?? 0)) + (1440 * (input.Days ?? 0));
        if (minutes is < 0 or > 527_040) throw Problem.Invalid(FieldError.Range("minutes", "together with hours and days is 0 to a year"));
        var until = input.Until ?? now.AddMinutes(minutes);
        if (until > now.AddDays(366)) throw Problem.Invalid(FieldError.Range("until", "is more than a year away"));
        var done = StepResult.Done(new { until });
        return Task.FromResult(until <= now ? done : done with { Wait = StepWait.UntilTime(until) });
    }
}
