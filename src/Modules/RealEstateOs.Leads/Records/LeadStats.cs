using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads.Records;

/// <summary>The statuses and sources that occur, with their counts; averages and rates are null where nothing was measured.</summary>
/// <param name="ConversionRate">Converted leads as a fraction of all.</param>
/// <param name="ByStatus">Leads by status; what does not occur is left out.</param>
/// <param name="BySource">Leads by source; what does not occur is left out.</param>
/// <param name="AvgScore">0 to 100.</param>
/// <param name="AvgFirstResponseMinutes">Over the leads that got a response.</param>
/// <param name="TotalLeads">Leads that the reader may see and the filters leave.</param>
public sealed record LeadStatsResponse(
    long TotalLeads, IReadOnlyDictionary<string, long> ByStatus, IReadOnlyDictionary<string, long> BySource, double? AvgScore,
    double? ConversionRate,
    double? AvgFirstResponseMinutes);

internal static class LeadStats
{
    /// <summary>Counts, average score and conversion of the leads that the caller may see.</summary>
    public static async Task<Ok<LeadStatsResponse>> Handle(LeadsDb db, CurrentUser user, CancellationToken ct)
    {
        var cells = await db.Leads.VisibleTo(user, LeadsPermissions.Read).GroupBy(l => new { l.Status, l.Source })
            .Select(g => new
            {
                g.Key.Status, g.Key.Source, Count = g.LongCount(), Score = g.Sum(l => (long)l.Score),
                Responded = g.LongCount(l => l.FirstResponseMinutes != null), Minutes = g.Sum(l => (long?)l.FirstResponseMinutes) ?? 0,
            })
            .ToListAsync(ct);
        var total = cells.Sum(c => c.Count);
        var responded = cells.Sum(c => c.Responded);
        return TypedResults.Ok(new LeadStatsResponse(
            total,
            cells.GroupBy(c => c.Status).OrderBy(g => g.Key).ToDictionary(g => Vocabulary.Word(g.Key), g => g.Sum(c => c.Count)),
            cells.GroupBy(c => c.Source).OrderBy(g => g.Key).ToDictionary(g => Vocabulary.Word(g.Key), g => g.Sum(c => c.Count)),
            total == 0 ? null : Math.Round(cells.Sum(c => c.Score) / (double)total, 2),
            total == 0 ? null : Math.Round(cells.Where(c => c.Status == LeadStatus.Converted).Sum(c => c.Count) / (double)total, 4),
            responded == 0 ? null : Math.Round(cells.Sum(c => c.Minutes) / (double)responded, 1)));
    }
}
