using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Jobs;

/// <summary>A job has ended: <see cref="Status"/> is completed, failed or cancelled.</summary>
/// <param name="TaskId">The job's id, as of <c>GET /status/{job_id}</c>.</param>
/// <param name="TaskType">The kind of job, such as cma.report.</param>
/// <param name="Status">completed, failed or cancelled.</param>
/// <param name="Resource">What the job was about, such as prop_12; null where it was about no single record.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record TaskCompleted(string TaskId, string TaskType, string Status, string? Resource, string? Error,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "task.completed";
}
