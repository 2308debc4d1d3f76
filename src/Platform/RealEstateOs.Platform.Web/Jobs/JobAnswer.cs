using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Platform.Jobs;

/// <summary>What a 202 says about the job it started; answers with members of their own derive from it.</summary>
public record JobAnswer
{
    /// <summary>The job's reference.</summary>
    public string JobId { get; init; } = "";

    /// <summary>How it stands at this moment: queued, or processing where it is a report.</summary>
    public string Status { get; init; } = "queued";

    /// <summary>Where its progress and result are read.</summary>
    public string ProgressUrl { get; init; } = "";

    /// <summary>From the median of such jobs on this installation; null before the first.</summary>
    public DateTimeOffset? EstimatedCompletion { get; init; }

    public static JobAnswer Of(QueuedJob job) => new()
    {
        JobId = job.Id.Reference(), ProgressUrl = $"{ApiGroup.Root}/status/{job.Id.Reference()}",
        EstimatedCompletion = job.EstimatedCompletion,
    };
}

public static class QueuedJobAnswers
{
    /// <summary>The members that every 202 has.</summary>
    public static JobAnswer ToAnswer(this QueuedJob job) => JobAnswer.Of(job);
}
