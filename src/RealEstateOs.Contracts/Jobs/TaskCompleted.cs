using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Jobs;

/// <summary>A job has ended: <see cref="Status"/> is completed, failed or cancelled.</summary>
public sealed record TaskCompleted(string TaskId, string TaskType, string Status, string? Resource, string? Error,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "task.completed";
}
