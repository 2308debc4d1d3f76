using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Operations.DeadLetters;

internal static class GetDeadLetterStats
{
    /// <summary>How many jobs have failed for good, in all and by queue.</summary>
    public static async Task<Ok<DeadLetterStats>> Handle(Platform.Jobs.DeadLetters letters, CancellationToken ct) =>
        TypedResults.Ok(await letters.StatsAsync(ct));
}

internal static class ReplayDeadLetter
{
    /// <summary>Puts one failed job back into its queue, with all its attempts.</summary>
    public static async Task<Results<Accepted<JobAnswer>, NotFound>> Handle(
        [JsonShape(typeof(long))] JobId id, Platform.Jobs.DeadLetters letters, CancellationToken ct) =>
            await letters.ReplayAsync(id, ct) ? TypedResults.Accepted((string?)null, JobAnswer.Of(new QueuedJob(id, null)))
                : TypedResults.NotFound();
}

internal static class DeleteDeadLetter
{
    /// <summary>Forgets a failed job.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(
        [JsonShape(typeof(long))] JobId id, Platform.Jobs.DeadLetters letters, CancellationToken ct) =>
        await letters.DeleteAsync(id, ct) ? TypedResults.NoContent() : TypedResults.NotFound();
}

/// <example>{"dry_run": true, "max_tasks": 100}</example>
public sealed record ReplayInBulkRequest : IRequestBody<ReplayInBulkRequest>
{
    /// <summary>A queue, or a kind of job; all where it is left out.</summary>
    public string? Queue { get; init; }

    /// <summary>At most so many, the oldest first; 100 where it is left out.</summary>
    public int? MaxTasks { get; init; }

    /// <summary>Only tell which would be replayed.</summary>
    public bool? DryRun { get; init; }
}

internal sealed class ReplayInBulkValidator : AbstractValidator<ReplayInBulkRequest>
{
    public ReplayInBulkValidator() => RuleFor(r => r.MaxTasks).InclusiveBetween(1, 10_000);
}

/// <summary>Which failed jobs were put back, or would be.</summary>
/// <param name="DryRun">Nothing was put back: it was only counted.</param>
/// <param name="Queue">The queue that was asked for; null for all.</param>
/// <param name="Matched">Failed jobs that were chosen: the oldest, as many as were asked for.</param>
/// <param name="Replayed">Of these, those that were put back; 0 in a dry run.</param>
/// <param name="JobIds">Their ids.</param>
public sealed record ReplayInBulkResponse(bool DryRun, string? Queue, int Matched, int Replayed, IReadOnlyList<string> JobIds);

internal static class ReplayInBulk
{
    private const int Usual = 100;

    /// <summary>Puts failed jobs back into their queues.</summary>
    public static async Task<Ok<ReplayInBulkResponse>> Handle(ReplayInBulkRequest request, Platform.Jobs.DeadLetters letters,
        CancellationToken ct)
    {
        var dryRun = request.DryRun ?? false;
        var jobs = await letters.ReplayAsync(request.Queue, request.MaxTasks ?? Usual, dryRun, ct);
        return TypedResults.Ok(new ReplayInBulkResponse(dryRun, request.Queue, jobs.Count, dryRun ? 0 : jobs.Count,
            [.. jobs.Select(j => j.Reference())]));
    }
}
