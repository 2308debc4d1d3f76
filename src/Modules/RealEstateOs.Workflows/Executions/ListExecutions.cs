using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Workflows.Packages;

namespace RealEstateOs.Workflows.Executions;

/// <summary>One run of a package, as the history shows it.</summary>
public sealed record PastExecution
{
    /// <summary>Id of the execution.</summary>
    public required string ExecutionId { get; init; }
    /// <summary>Name of the package.</summary>
    public required string PackageName { get; init; }
    /// <summary>Version of the package that it follows to its end.</summary>
    public required int PackageVersion { get; init; }
    /// <summary>Id of the property that it is about, such as prop_12; null where it is about none.</summary>
    public required string? PropertyId { get; init; }
    /// <summary>Id of the lead that it is about; null where it is about none.</summary>
    public required string? LeadId { get; init; }
    /// <summary>Id of the client that it is about; null where it is about none.</summary>
    public required string? ClientId { get; init; }
    public required ExecutionStatus Status { get; init; }
    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When it came to its end; null until then.</summary>
    public required DateTimeOffset? CompletedAt { get; init; }
    /// <summary><c>1h 42m</c>; null while it goes on.</summary>
    public required string? TotalDuration { get; init; }
    /// <summary>Of the steps that were tried to their end, the share that succeeded (0–1).</summary>
    public required double? SuccessRate { get; init; }
    /// <summary>How much its steps have made.</summary>
    public required int DeliverablesCreated { get; init; }
    /// <summary>Messages to leads and clients that steps posted.</summary>
    public required int LeadsContacted { get; init; }
    /// <summary>Why it failed; null where it did not.</summary>
    public required string? Error { get; init; }
    /// <summary>Id of who ordered it.</summary>
    public required string? StartedBy { get; init; }
}

/// <param name="Next">Give it as <c>cursor</c> for older ones; null at the end.</param>
/// <param name="Executions">One page, the latest first.</param>
public sealed record HistoryResponse(IReadOnlyList<PastExecution> Executions, HistorySummary Summary, string? Next);

/// <summary>Over all executions of the user and package that were asked for, whatever page this is.</summary>
/// <param name="SuccessRate">Completed ones of those that completed or failed (0–1); null before there is one.</param>
/// <param name="AverageDuration">Of completed ones, such as <c>45 minutes</c>.</param>
/// <param name="TotalExecutions">How many there are.</param>
/// <param name="MostUsedPackage">Name of the package that was started most; null before there is one.</param>
public sealed record HistorySummary(long TotalExecutions, double? SuccessRate, string? AverageDuration, string? MostUsedPackage);

internal static class ListExecutions
{
    /// <summary>Executions, the latest first, with a summary.</summary>
    /// <param name="userId">Only those that this person started.</param>
    /// <param name="status"><c>all</c>, or one of running, paused, completed, failed, cancelled.</param>
    /// <param name="packageName">Only executions of this package.</param>
    /// <param name="propertyId">Only those about this property.</param>
    /// <param name="leadId">Only those about this lead.</param>
    /// <param name="from">Started at this time or later.</param>
    /// <param name="to">Started before this time.</param>
    /// <param name="limit">1 to 100, default 20.</param>
    /// <param name="cursor">Where the page before ended, its <c>next</c>.</param>
    public static async Task<Ok<HistoryResponse>> Handle(
        [FromQuery(Name = "user_id")] UserId? userId, string? status, [FromQuery(Name = "package_name")] string? packageName,
        [FromQuery(Name = "property_id")] PropertyId? propertyId, [FromQuery(Name = "lead_id")] LeadId? leadId, DateTimeOffset? from,
        DateTimeOffset? to,
        WorkflowExecutionId? cursor, WorkflowsDb db, CurrentUser user, CancellationToken ct, int limit = 20)
    {
        if (limit is < 1 or > 100) throw Problem.Invalid(FieldError.Range("limit", "is 1 to 100") with { In = "query" });
        if (packageName?.Contains('\0', StringComparison.Ordinal) == true)
            throw Problem.Invalid(FieldError.Format("package_name", "must not contain NUL characters") with { In = "query" });
        (from, to) = (from?.ToUniversalTime(), to?.ToUniversalTime());
        ExecutionStatus wanted = default;
        var byStatus = status is not (null or "" or "all");
        if (byStatus && !Vocabulary.TryRead(status, out wanted))
            throw Problem.Invalid(FieldError.Format("status", $"{Vocabulary.Explain(typeof(ExecutionStatus))}, all") with { In = "query" });
        var found = db.Executions.AsNoTracking().VisibleTo(user, WorkflowPermissions.Read);
        if (userId is { } person) found = found.Where(e => e.CreatedBy == person);
        if (packageName is { Length: > 0 }) found = found.Where(e => e.PackageName == packageName);
        if (propertyId is { } property) found = found.Where(e => e.PropertyId == property);
        if (leadId is { } lead) found = found.Where(e => e.LeadId == lead);
        if (from is { } first) found = found.Where(e => e.StartedAt >= first);
        if (to is { } last) found = found.Where(e => e.StartedAt < last);
        if (byStatus)
            found = wanted == ExecutionStatus.Queued
                ? found.Where(e => e.Status == ExecutionStatus.Running && !db.Steps.Any(s => s.ExecutionId == e.Id && s.Token > 0))
                : found.Where(e => e.Status == wanted);
        if (cursor is { } before) found = found.Where(OlderThan(before));
        var page = await found.OrderByDescending(e => e.Id).Take(limit + 1).ToListAsync(ct);
        var summary = await SummaryAsync(db, user, userId, packageName, ct);
        return TypedResults.Ok(new HistoryResponse([.. page.Take(limit).Select(Of)], summary,
            page.Count > limit ? page[limit - 1].Id.Reference() : null));
    }

    // Ids have no order in C#; PostgreSQL's is that of their numbers.
    private static Expression<Func<Execution, bool>> OlderThan(WorkflowExecutionId id)
    {
        var row = Expression.Parameter(typeof(Execution));
        var less = typeof(EntityId).GetMethod(nameof(EntityId.Less))!.MakeGenericMethod(typeof(WorkflowExecutionId));
        Expression<Func<WorkflowExecutionId>> bound = () => id;
        return Expression.Lambda<Func<Execution, bool>>(Expression.LessThan(Expression.Property(row, nameof(Execution.Id)), bound.Body,
            false, less), row);
    }

    private static PastExecution Of(Execution e) => new()
    {
        ExecutionId = e.Id.Reference(), PackageName = e.PackageName, PackageVersion = e.PackageVersion,
        PropertyId = e.PropertyId?.Reference(), LeadId = e.LeadId?.Reference(), ClientId = e.ClientId?.Reference(), Status = e.Status,
        StartedAt = e.StartedAt, CompletedAt = e.CompletedAt,
        TotalDuration = e.CompletedAt is { } end ? Durations.Short(end - e.StartedAt) : null, SuccessRate = e.SuccessRate,
        DeliverablesCreated = e.DeliverablesCreated, LeadsContacted = e.LeadsContacted, Error = e.Error,
        StartedBy = e.CreatedBy?.Reference(),
    };

    private static async Task<HistorySummary> SummaryAsync(WorkflowsDb db, CurrentUser user, UserId? person, string? package,
        CancellationToken ct)
    {
        var only = user.OnlyOwn(WorkflowPermissions.Read) ? user.Id : person;
        if (only is { } && person is { } asked && asked != only) return new(0, null, null, null);
        var ended = await db.Tallies.AsNoTracking()
            .Where(t => (only == null || t.UserId == only) && (package == null || package == "" || t.PackageName == package))
            .GroupBy(t => new { t.PackageName, t.Status })
            .Select(g => new { g.Key.PackageName, g.Key.Status, Count = g.Sum(t => t.Executions), Seconds = g.Sum(t => t.Seconds) })
            .ToListAsync(ct);
        var open = await db.Executions.AsNoTracking().Where(e => (e.Status == ExecutionStatus.Running || e.Status == ExecutionStatus.Paused)
            && (only == null || e.CreatedBy == only) && (package == null || package == "" || e.PackageName == package))
            .GroupBy(e => e.PackageName).Select(g => new { PackageName = g.Key, Count = g.LongCount() }).ToListAsync(ct);
        var completed = ended.Where(t => t.Status == ExecutionStatus.Completed).ToList();
        var failed = ended.Where(t => t.Status == ExecutionStatus.Failed).Sum(t => t.Count);
        var succeeded = completed.Sum(t => t.Count);
        var used = ended.Select(t => (t.PackageName, t.Count)).Concat(open.Select(o => (o.PackageName, o.Count)))
            .GroupBy(u => u.PackageName)
            .Select(g => (Name: g.Key, Count: g.Sum(u => u.Count)))
            .Where(u => u.Count > 0).OrderByDescending(u => u.Count).ThenBy(u => u.Name, StringComparer.Ordinal).ToList();
        return new(
            used.Sum(u => u.Count), succeeded + failed == 0 ? null : Math.Round((double)succeeded / (succeeded + failed), 4),
            succeeded == 0 ? null : Durations.Words(TimeSpan.FromSeconds(completed.Sum(t => t.Seconds) / succeeded)),
            used.Count == 0 ? null : used[0].Name);
    }
}
