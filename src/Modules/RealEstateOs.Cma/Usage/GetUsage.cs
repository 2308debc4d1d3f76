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
    /// <summary>Reports, counted.</summary>
    public required ReportUsage Reports { get; init; }
    /// <summary>Quick valuations, counted.</summary>
    public required ValuationUsage Valuations { get; init; }
    /// <summary>Up to ten, by the number of valuations.</summary>
    public required IReadOnlyList<AreaUsage> TopAreas { get; init; }
}

/// <param name="TotalReports">Of all time.</param>
/// <param name="Completed">Those that were finished.</param>
/// <param name="Processing">Those that are being made.</param>
/// <param name="Failed">Those that could not be made.</param>
/// <param name="Last30Days">Those asked for in the last 30 days.</param>
/// <param name="AverageSecondsToComplete">From the request to the finished report; null before the first.</param>
public sealed record ReportUsage(int TotalReports, int Completed, int Processing, int Failed, int Last30Days,
    double? AverageSecondsToComplete);

/// <param name="TotalValuations">Of all time.</param>
/// <param name="Last30Days">Those asked for in the last 30 days.</param>
/// <param name="AverageConfidence">Mean confidence_level, 0 to 1; null before the first.</param>
public sealed record ValuationUsage(int TotalValuations, int Last30Days, double? AverageConfidence);

/// <param name="Area">The area's one name in its market.</param>
/// <param name="Valuations">How many were asked for.</param>
/// <param name="AverageEstimate">Mean of the estimates, in <c>currency</c>.</param>
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
