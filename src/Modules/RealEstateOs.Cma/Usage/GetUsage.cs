using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Cma.Reports;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Cma.Usage;

/// <summary>How this organization uses valuations and reports.</summary>
public sealed record UsageResponse
{
    public required ReportUsage Reports { get; init; }
    public required ValuationUsage Valuations { get; init; }
    public required IReadOnlyList<AreaUsage> TopAreas { get; init; }
}

public sealed record ReportUsage(int TotalReports, int Completed, int Processing, int Failed, int Last30Days,
    double? AverageSecondsToComplete);

public sealed record ValuationUsage(int TotalValuations, int Last30Days, double? AverageConfidence);

public sealed record AreaUsage(string Area, int Valuations, decimal AverageEstimate, string Currency);

internal static class GetUsage
{
    /// <summary>Reports made and valuations asked for, counted; with <c>cma:read:own</c> only one's own.</summary>
    public static async Task<Ok<UsageResponse>> Handle(CmaDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var month = clock.Now().AddDays(-30);
        var reports = await db.Reports.AsNoTracking().VisibleTo(user, CmaPermissions.Read).GroupBy(r => r.Status)
            .Select(g => new { Status = g.Key, Count = g.Count(), Recent = g.Count(r => r.CreatedAt >= month),
                Seconds = g.Average(r => (double?)(r.CompletedAt - r.CreatedAt)!.Value.TotalSeconds) }).ToListAsync(ct);
        var valuations = db.AskedValuations.AsNoTracking().VisibleTo(user, CmaPermissions.Read);
        var asked = await valuations.GroupBy(_ => 1)
            .Select(g => new { Count = g.Count(), Recent = g.Count(a => a.AskedAt >= month), Confidence = g.Average(a => a.Confidence) })
            .FirstOrDefaultAsync(ct);
        // Markets have currencies of their own; amounts of two are no mean.
        var areas = await valuations.Where(a => a.Area != "").GroupBy(a => new { a.Area, a.Currency }).OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key.Area).ThenBy(g => g.Key.Currency).Take(10)
            .Select(g => new { g.Key.Area, g.Key.Currency, Count = g.Count(), Estimate = g.Average(a => a.Estimate) }).ToListAsync(ct);
        int Of(ReportStatus status) => reports.FirstOrDefault(r => r.Status == status)?.Count ?? 0;
        var seconds = reports.FirstOrDefault(r => r.Status == ReportStatus.Completed)?.Seconds;
        return TypedResults.Ok(new UsageResponse
        {
            Reports = new(reports.Sum(r => r.Count), Of(ReportStatus.Completed), Of(ReportStatus.Processing), Of(ReportStatus.Failed),
                reports.Sum(r => r.Recent), seconds is { } s ? Math.Round(s, 1) : null),
            Valuations = new(asked?.Count ?? 0, asked?.Recent ?? 0, asked is null ? null : Math.Round(asked.Confidence, 3)),
            TopAreas = [.. areas.Select(a => new AreaUsage(a.Area, a.Count, Math.Round(a.Estimate), a.Currency))],
        });
    }
}
