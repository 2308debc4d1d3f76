using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Jobs;

/// <summary>How far a job is, and what came of it.</summary>
public sealed record JobStatusResponse
{
    /// <summary>Id of the job.</summary>
    public string JobId { get; init; } = "";
    /// <summary>The kind of job, such as cma.report.</summary>
    public string Kind { get; init; } = "";
    public JobState State { get; init; }
    /// <summary>The same as <see cref="State"/>.</summary>
    public JobState Status => State;
    /// <summary>0 to 100.</summary>
    public int Progress { get; init; }
    /// <summary>What it is at, in words.</summary>
    public string? Step { get; init; }
    /// <summary>What came of it; of each kind its own.</summary>
    [JsonShape(typeof(object))] public JsonElement? Result { get; init; }
    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }
    /// <summary>The record that it makes or works on.</summary>
    public string? Resource { get; init; }
    /// <summary>The address of this answer.</summary>
    public string ProgressUrl { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When the last run began; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
    /// <summary>From the median of such jobs on this installation; null before the first.</summary>
    public DateTimeOffset? EstimatedCompletion { get; init; }

    /// <summary>Says why a member is null, where that is not plain.</summary>
    public string? Note { get; init; }
}

internal static class GetJobStatus
{
    private const string Sql =
        """
        select kind, state, progress, step, result, error, attempts, resource, created_at, started_at, finished_at, run_at, created_by
        from platform.jobs where id = $1 and organization_id = platform.current_organization()
        """;

    /// <summary>
    /// State, progress and result of a job: for who asked for it, and for who may read all that jobs of its kind are about.
    /// </summary>
    public static async Task<Results<Ok<JobStatusResponse>, NotFound>> Handle(
        JobId id, UnitOfWork work, CurrentUser user, JobKinds kinds, IServiceProvider services, JobEstimates estimates, TimeProvider clock,
        CancellationToken ct)
    {
        JobStatusResponse status;
        DateTimeOffset runAt;
        long? asker;
        await using (var command = new NpgsqlCommand(Sql, await work.OpenAsync(ct),
            work.Transaction) { Parameters = { new() { Value = id.Value } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct)) return TypedResults.NotFound();
            status = Read(id, reader);
            runAt = Time(reader, 11)!.Value;
            asker = reader.IsDBNull(12) ? null : reader.GetInt64(12);
        }
        var kind = kinds.Find(status.Kind);
        var reach = user.ReachOf(kinds.PermissionOf(status.Kind));
        if (asker != user.Id.Value && reach != Reach.All) return TypedResults.NotFound();
        if (status.Result is { } result && kind?.Show is { } show)
            status = asker != user.Id.Value || reach == Reach.None
                ? status with { Result = null, Note = "What came of it is shown to who asked for it, and read at its resource." }
                : status with { Result = JsonSerializer.SerializeToElement(show(services, result), Json.Options) };
        return TypedResults.Ok(await EstimateAsync(status, runAt, estimates, clock.Now(), ct));
    }

    private static async Task<JobStatusResponse> EstimateAsync(JobStatusResponse status, DateTimeOffset runAt, JobEstimates estimates,
        DateTimeOffset now, CancellationToken ct)
    {
        if (status.State is not (JobState.Queued or JobState.Running)) return status;
        if (await estimates.MedianAsync(status.Kind, ct) is not { } median)
            return status with { Note = "No such job has completed here yet, so its duration can't be estimated." };
        var start = status.State == JobState.Running ? status.StartedAt!.Value : runAt > now ? runAt : now;
        var end = start + median;
        return status with { EstimatedCompletion = end > now ? end : now };
    }

    private static JobStatusResponse Read(JobId id, NpgsqlDataReader reader) => new()
    {
        JobId = id.Reference(), ProgressUrl = $"{ApiGroup.Root}/status/{id.Reference()}",
        Kind = reader.GetString(0), State = Vocabulary.TryRead<JobState>(reader.GetString(1), out var state) ? state : default,
        Progress = reader.GetInt32(2), Step = Text(reader, 3),
        Result = Text(reader, 4) is { } json ? JsonSerializer.Deserialize<JsonElement>(json, Json.Options) : null,
        Error = Text(reader, 5), Attempts = reader.GetInt32(6), Resource = Text(reader, 7),
        CreatedAt = Time(reader, 8)!.Value, StartedAt = Time(reader, 9), FinishedAt = Time(reader, 10),
    };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
