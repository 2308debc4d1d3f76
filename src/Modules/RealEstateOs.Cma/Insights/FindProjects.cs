using RealEstateOs.Cma.Market;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Cma.Insights;

/// <summary>A project with known sales.</summary>
/// <param name="Project">As the registry writes it; a <c>project</c> that a valuation takes.</param>
/// <param name="Area">Where most of its sales are.</param>
/// <param name="Sales">Known ones, of any kind and state.</param>
public sealed record ProjectResponse(string Project, string Area, int Sales);

internal static class FindProjects
{
    private const int Most = 100;

    /// <summary>
    /// Projects that have known sales, by the words of their names, the likeliest first: "Marina Gate 1" finds "The Residences at Marina
    /// Gate 1". Without <c>search</c> those with the most sales.
    /// </summary>
    /// <param name="search">Words of the name, or their beginnings; a spelling that is nearly right will do.</param>
    /// <param name="area">Only in this area, under any of its names.</param>
    /// <param name="market">Where several markets are loaded; the installation's own by default.</param>
    /// <param name="limit">1 to 100, default 20.</param>
    public static async Task<IReadOnlyList<ProjectResponse>> Handle(MarketHouse house, CancellationToken ct, string? search = null,
        string? area = null, string? market = null, int limit = 20)
    {
        if (limit is < 1 or > Most)
            throw Problem.Invalid(FieldError.Range("limit", $"must be a whole number from 1 to {Most}") with { In = "query" });
        var known = await house.GetAsync(market, ct);
        var place = string.IsNullOrWhiteSpace(area) ? null
            : known.AreaNamed(area) ?? throw Problem.Invalid(
                FieldError.Format("area", "names no place with known sales") with { In = "query" });
        return [.. known.ProjectsLike(search, place, limit).Select(p => new ProjectResponse(p.Project, p.Area, p.Sales))];
    }
}
