using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Operations.DeadLetters;

/// <summary>A job that failed for good.</summary>
public sealed record DeadLetterResponse
{
    [JsonShape(typeof(long))] public JobId Id { get; init; }
    /// <summary>The id as a reference, as of <c>GET /status/{job_id}</c>.</summary>
    public string JobId { get; init; } = "";
    /// <summary>The kind of job, such as cma.report.</summary>
    public string Kind { get; init; } = "";
    /// <summary>The queue that it waited in.</summary>
    public string Queue { get; init; } = "";
    /// <summary>What the job was to work on.</summary>
    [JsonShape(typeof(object))] public JsonElement Input { get; init; }
    /// <summary>What went wrong at the last attempt.</summary>
    public string? Error { get; init; }
    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }
    /// <summary>The record that it is about.</summary>
    public string? Resource { get; init; }
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was given up.</summary>
    public DateTimeOffset? FailedAt { get; init; }
}

internal static class ListDeadLetters
{
    private static readonly ListSpec<JobRecord> Spec = new ListSpec<JobRecord>()
        .Is("queue", j => j.Queue)
        .Is("kind", j => j.Kind)
        .Is("created_by", j => j.CreatedBy)
        .Range("created_at", j => j.CreatedAt)
        .Range("failed_at", j => j.FinishedAt)
        .Sort("failed_at", j => j.FinishedAt).Sort("created_at", j => j.CreatedAt)
        .By("-failed_at");

    private static readonly Expression<Func<JobRecord, DeadLetterResponse>> Projection = j => new DeadLetterResponse
    {
        Id = j.Id, JobId = j.Id.Reference(), Kind = j.Kind, Queue = j.Queue, Input = Json(j.Input), Error = j.Error, Attempts = j.Attempts,
        Resource = j.Resource, CreatedBy = j.CreatedBy, CreatedAt = j.CreatedAt, FailedAt = j.FinishedAt,
    };

    /// <summary>The failed jobs of the organization, the latest first.</summary>
    public static Task<ListResult<DeadLetterResponse>> Handle(ListRequest list, OperationsDb db, CancellationToken ct) =>
        list.PageAsync(db.Jobs.AsNoTracking().Where(j => j.State == JobState.Failed), Spec, j => j.Id, Projection, ct);

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
