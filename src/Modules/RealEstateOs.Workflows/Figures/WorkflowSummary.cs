using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Workflows.Packages;

namespace RealEstateOs.Workflows.Figures;

/// <summary>Executions of a period, counted.</summary>
public sealed record WorkflowSummaryResponse
{
    /// <summary>Beginning of the span that was asked for; null for all.</summary>
    public required DateTimeOffset? From { get; init; }
    /// <summary>End of the span that was asked for; null for all.</summary>
    public required DateTimeOffset? To { get; init; }
    /// <summary>Executions that were started in it.</summary>
    public required int TotalExecutions { get; init; }
    /// <summary>Of these, by their status now.</summary>
    public required IReadOnlyDictionary<ExecutionStatus, int> ByStatus { get; init; }
    /// <summary>Completed ones of those that completed or failed (0–1); null before there is one.</summary>
    public required double? SuccessRate { get; init; }
    /// <summary>Of completed ones, such as <c>45 minutes</c>.</summary>
    public required string? AverageDuration { get; init; }
    /// <summary>What their steps have made, counted.</summary>
    public required int DeliverablesCreated { get; init; }
    /// <summary>The same by package.</summary>
    public required IReadOnlyList<PackageFigures> Packages { get; init; }
}

/// <param name="PackageName">Name of the package.</param>
/// <param name="Executions">Executions that were started.</param>
/// <param name="Completed">Of these, those that came to their end.</param>
/// <param name="Failed">Of these, those that a step stopped.</param>
/// <param name="SuccessRate">completed ÷ (completed + failed), 0 to 1; null where none ended so.</param>
/// <param name="AverageDuration">Of completed ones, such as 45 minutes; null before there is one.</param>
/// <param name="DeliverablesCreated">What their steps have made, counted.</param>
public sealed record PackageFigures(string PackageName, int Executions, int Completed, int Failed, double? SuccessRate,
    string? AverageDuration, int DeliverablesCreated);

internal static class WorkflowSummary
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(90);

    /// <summary>How often packages were executed, and how they ended. How long they took and what they made.</summary>
    /// <param name="from">Executions that started at this time or later; without it, the last 90 days.</param>
    /// <param name="to">Executions that started before this time.</param>
    public static async Task<Ok<WorkflowSummaryResponse>> Handle(DateTimeOffset? from, DateTimeOffset? to, WorkflowsDb db, CurrentUser user,
        TimeProvider clock, CancellationToken ct)
    {
        (from, to) = (from?.ToUniversalTime(), to?.ToUniversalTime());
        var end = to ?? clock.GetUtcNow();
        var start = from ?? (end - DateTimeOffset.MinValue > Usual ? end - Usual : DateTimeOffset.MinValue);
        var executions = db.Executions.AsNoTracking().VisibleTo(user, WorkflowPermissions.Read)
            .Where(e => e.StartedAt >= start && (to == null || e.StartedAt < to));
        var rows = await executions.GroupBy(e => new { e.PackageName, e.Status }).Select(g => new
        {
            g.Key.PackageName, g.Key.Status, Count = g.Count(), Deliverables = g.Sum(e => e.DeliverablesCreated),
            Seconds = g.Sum(e => e.CompletedAt == null ? 0 : (e.CompletedAt.Value - e.StartedAt).TotalSeconds),
        }).ToListAsync(ct);
        var figures = rows.GroupBy(r => r.PackageName).Select(g => Of(
            g.Key, g.Sum(r => r.Count), g.Where(r => r.Status == ExecutionStatus.Completed).Sum(r => r.Count),
            g.Where(r => r.Status == ExecutionStatus.Failed).Sum(r => r.Count),
            g.Where(r => r.Status == ExecutionStatus.Completed).Sum(r => r.Seconds), g.Sum(r => r.Deliverables))).OrderByDescending(
                p => p.Executions).ToList();
        var (completed, failed) = (figures.Sum(p => p.Completed), figures.Sum(p => p.Failed));
        var all = Of("", 0, completed, failed, rows.Where(r => r.Status == ExecutionStatus.Completed).Sum(r => r.Seconds), 0);
        return TypedResults.Ok(new WorkflowSummaryResponse
        {
            From = start, To = to, TotalExecutions = figures.Sum(p => p.Executions), SuccessRate = all.SuccessRate,
            AverageDuration = all.AverageDuration,
            ByStatus = rows.GroupBy(r => r.Status).ToDictionary(g => g.Key, g => g.Sum(r => r.Count)),
            DeliverablesCreated = figures.Sum(p => p.DeliverablesCreated), Packages = figures,
        });
    }

    private static PackageFigures Of(string name, int count, int completed, int failed, double seconds, int deliverables) => new(
        name, count, completed, failed, completed + failed == 0 ? null : Math.Round((double)completed / (completed + failed), 4),
        completed == 0 ? null : Durations.Words(TimeSpan.FromSeconds(seconds / completed)), deliverables);
}
