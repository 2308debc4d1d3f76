using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Health;

/// <summary>How the system is, measured for this answer, as AURA's example shows it. What nothing measures is null.</summary>
public sealed record SystemHealthResponse
{
    /// <summary>healthy, or degraded while an alert stands.</summary>
    public required string SystemStatus { get; init; }
    /// <summary>When it was measured.</summary>
    public required DateTimeOffset LastUpdated { get; init; }
    /// <summary>The parts of the installation, each healthy or degraded.</summary>
    public required ServiceStates Services { get; init; }
    /// <summary>Measured just now.</summary>
    public required SystemMetrics PerformanceMetrics { get; init; }
    /// <summary>Limits that are crossed now; empty where none is.</summary>
    public required IReadOnlyList<SystemAlert> Alerts { get; init; }
    /// <summary>null: nothing plans maintenance here.</summary>
    public object? MaintenanceScheduled => null;
    /// <summary>What the figures leave out and why some are null, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <param name="ApiGateway">The host that answers.</param>
/// <param name="Database">PostgreSQL.</param>
/// <param name="AiServices">The background jobs.</param>
/// <param name="WorkflowEngine">The workflows of this organization.</param>
/// <param name="FileStorage">Where files lie.</param>
public sealed record ServiceStates(GatewayState ApiGateway, DatabaseState Database, WorkerState AiServices, WorkflowState WorkflowEngine,
    StorageState FileStorage);

/// <param name="ResponseTime">Mean of the last five minutes on this host.</param>
/// <param name="Uptime">How long this host has been up; a share of all time nobody measures.</param>
/// <param name="Status">degraded where too many answers of the last hour were 500 or above, else healthy.</param>
public sealed record GatewayState(string Status, string? ResponseTime, string Uptime);

/// <param name="QueryAvg">A round trip, made for this answer.</param>
/// <param name="Status">healthy: it gave this answer.</param>
/// <param name="Connections">Connections to the database, of all hosts.</param>
public sealed record DatabaseState(string Status, long Connections, string QueryAvg);

/// <param name="QueueLength">Jobs of this organization that wait; for operators, of all.</param>
/// <param name="AvgProcessing">Mean run time of the jobs completed within the last hour.</param>
/// <param name="Status">degraded where no host runs jobs or a job waits too long, else healthy.</param>
public sealed record WorkerState(string Status, long QueueLength, string? AvgProcessing);

/// <param name="ActiveWorkflows">Executions of this organization that are running or paused.</param>
/// <param name="SuccessRate">Completed of the executions that completed or failed within 24 hours.</param>
/// <param name="Status">degraded where no host runs jobs, else healthy.</param>
public sealed record WorkflowState(string Status, long ActiveWorkflows, string? SuccessRate);

/// <param name="Usage">Of the disk that files lie on; null where they lie in a store elsewhere.</param>
/// <param name="Status">degraded where the disk is nearly full, else healthy.</param>
/// <param name="Availability">Always null: nothing measures it over time.</param>
public sealed record StorageState(string Status, string? Usage, string? Availability);

/// <param name="ApiRequestsPerMinute">Mean of the last five minutes on this host.</param>
/// <param name="WorkflowCompletionsToday">Executions of this organization completed within 24 hours.</param>
/// <param name="ErrorRate">Answers with 500 or above as a fraction, of the last hour on this host; null without requests.</param>
/// <param name="UserSessionsActive">Sessions of this organization that have not ended.</param>
public sealed record SystemMetrics(double ApiRequestsPerMinute, long WorkflowCompletionsToday, double? ErrorRate, long UserSessionsActive);

/// <param name="Rule">The limit that was crossed.</param>
/// <param name="Name">error_rate, queue_waits, no_workers or disk_full.</param>
/// <param name="Measured">What was measured, with its unit.</param>
public sealed record SystemAlert(string Name, string Rule, string Measured);

internal static class GetSystemHealth
{
    private const double MostErrors = 0.01, MostWaitingSeconds = 300, MostDiskUsed = 0.9;

    private const string Sql =
        """
        select (select count(*) from pg_stat_activity where datname = current_database()),
            (select count(*) from auth.report_sessions where organization_id = $1 and expires_at > now()),
            (select count(*) from workflows.report_executions where organization_id = $1 and status in ('running', 'paused')),
            count(*) filter (where status = 'completed'), count(*) filter (where status = 'failed')
        from workflows.report_executions where organization_id = $1 and completed_at > now() - interval '24 hours'
        """;

    /// <summary>Requests, errors, queues, sessions, storage and alerts, measured now.</summary>
    public static async Task<Ok<SystemHealthResponse>> Handle(
        Traffic traffic, JobFigures jobs, UnitOfWork work, CurrentUser user, Operators operators, IConfiguration configuration,
        TimeProvider clock, CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        var (queues, runners) = (await jobs.QueuesAsync(operators.Include(user.Principal) ? null : user.OrganizationId, ct),
            jobs.Runners());
        var started = clock.GetTimestamp();
        await using (var ping = new NpgsqlCommand("select 1", connection)) await ping.ExecuteScalarAsync(ct);
        var query = clock.GetElapsedTime(started).TotalMilliseconds;
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = user.OrganizationId.Value } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var (connections, sessions, running, completed, failed) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3),
            row.GetInt64(4));
        var (minutes, hour, disk) = (traffic.Of(5), traffic.Of(60), DiskUsed(configuration));
        double? errors = hour.Requests == 0 ? null : Math.Round((double)hour.Errors / hour.Requests, 4);
        var waiting = queues.Max(q => q.OldestWaitingSeconds);
        var means = queues.Where(q => q.AverageSeconds is not null).ToArray();
        var mean = means.Length == 0 ? (double?)null : means.Sum(q => q.AverageSeconds!.Value * q.CompletedLastHour) / Math.Max(1,
            means.Sum(q => q.CompletedLastHour));
        var alerts = Alerts(errors, waiting, runners.Count, disk);
        string Of(string name) => alerts.Any(a => a.Name == name) ? "degraded" : "healthy";
        using var process = Process.GetCurrentProcess();
        return TypedResults.Ok(new SystemHealthResponse
        {
            SystemStatus = alerts.Count == 0 ? "healthy" : "degraded", LastUpdated = clock.Now(), Alerts = alerts,
            Services = new(
                new(Of("error_rate"), Milliseconds(minutes.MeanMilliseconds),
                    Text(clock.GetUtcNow() - process.StartTime.ToUniversalTime())),
                new("healthy", connections, Milliseconds(query)!), new(runners.Count == 0 ? "degraded" : Of("queue_waits"),
                    queues.Sum(q => q.Queued), Seconds(mean)),
                new(runners.Count == 0 ? "degraded" : "healthy", running, completed + failed == 0 ? null
                    : Percent((double)completed / (completed + failed))),
                new(Of("disk_full"), disk is { } used ? Percent(used) : null, null)),
            PerformanceMetrics = new(Math.Round(minutes.Requests / 5.0, 1), completed, errors, sessions),
            Notes =
            [
                "Requests and errors are this host's own; /metrics has those of each host.",
                "ai_services shows the background jobs, workflow_engine the workflows of this organization.",
                "availability is null: nothing measures it over time.",
            ],
        });
    }

    private static List<SystemAlert> Alerts(double? errors, double? waiting, int runners, double? disk)
    {
        var alerts = new List<SystemAlert>();
        if (errors > MostErrors) alerts.Add(new("error_rate", $"over {Percent(MostErrors)} of the last hour's answers are 500 or above",
            Percent(errors.Value)));
        if (waiting > MostWaitingSeconds) alerts.Add(new("queue_waits", $"a job has waited for over {MostWaitingSeconds:0} s",
            Seconds(waiting)!));
        if (runners == 0) alerts.Add(new("no_workers", "no host that runs jobs gave a sign of life within a minute", "0"));
        if (disk > MostDiskUsed) alerts.Add(new("disk_full", $"over {Percent(MostDiskUsed)} of the disk is used", Percent(disk.Value)));
        return alerts;
    }

    private static double? DiskUsed(IConfiguration configuration)
    {
        if ((configuration["S3:Endpoint"] ?? configuration["MINIO_ENDPOINT"]) is { Length: > 0 }) return null;
        var drive = new DriveInfo(Path.GetFullPath(configuration["Storage:Directory"] ?? configuration["DataFolder"] ?? "."));
        return drive.TotalSize == 0 ? null : Math.Round(1 - (double)drive.AvailableFreeSpace / drive.TotalSize, 4);
    }

    private static string? Milliseconds(double? value) => value is { } known ? string.Create(CultureInfo.InvariantCulture,
        $"{known:0.#}ms") : null;

    private static string? Seconds(double? value) => value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#}s")
        : null;

    private static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#}%");

    private static string Text(TimeSpan up) => string.Create(CultureInfo.InvariantCulture,
        $"{(int)up.TotalDays}d {up.Hours}h {up.Minutes}m");
}
