using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Portfolios;

/// <summary>The result of comparing what a portfolio should be worth with what it is worth; kept as it was found.</summary>
internal sealed class Reconciliation : ITenantOwned
{
    public ReconciliationId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public PortfolioId PortfolioId { get; set; }
    public string ValidationStatus { get; set; } = "";
    public decimal? DiscrepancyPercentage { get; set; }
    [Precision(5, 2)] public decimal Threshold { get; set; }
    public int PropertiesChecked { get; set; }
    public decimal TotalValueExpected { get; set; }
    public decimal TotalValueActual { get; set; }
    public decimal DiscrepancyAmount { get; set; }
    public JsonElement Discrepancies { get; set; }
    public string? Currency { get; set; }
    public JsonElement? ByCurrency { get; set; }
    public UserId? CreatedBy { get; set; }
    public DateTimeOffset CheckedAt { get; set; }
}

/// <summary>A property whose value is not what was expected; <paramref name="Basis"/> is last_valuation, book_value or none.</summary>
/// <param name="Percentage">Of what was expected; null where nothing was.</param>
/// <param name="Address">Street and number, or building and flat.</param>
/// <param name="Expected">What it should be worth by <c>basis</c>; null where there is none.</param>
/// <param name="Actual">Estimated value, else asking price of a sale; null without either.</param>
/// <param name="Difference">actual − expected, where null counts as 0.</param>
/// <param name="Basis">Where the expected value is from: last_valuation, book_value or none.</param>
/// <param name="Currency">ISO 4217 code of the amounts.</param>
public sealed record DiscrepancyResponse(PropertyId PropertyId, string Address, decimal? Expected, decimal? Actual, decimal Difference,
    decimal? Percentage, string Basis, string Currency);

/// <summary>
/// The sums of the properties of one currency, and by how many percent they differ; null where nothing was expected and something is there.
/// </summary>
/// <param name="Expected">Sum of what the properties should be worth.</param>
/// <param name="Actual">Sum of what they are worth.</param>
/// <param name="DiscrepancyPercentage">
/// By how many percent of <c>expected</c> they differ; null where nothing was expected and something is there.
/// </param>
public sealed record ReconciledSumResponse(decimal Expected, decimal Actual, decimal? DiscrepancyPercentage);

/// <summary>
/// Expected: the last valuation agreed for a property, else its book value when it was added. Actual: its estimated value, else
/// its price. The sums of each currency pass where they differ by no more than the threshold, in percent of the expected sum; those of
/// different currencies are never added.
/// </summary>
internal sealed record ReconciledSums(IReadOnlyList<ReconciledSums.Line> Lines, string Currency)
{
    public const decimal DefaultThreshold = 0.5m;

    public decimal Expected => Own.Sum(l => l.Expected ?? 0);

    public decimal Actual => Own.Sum(l => l.Actual ?? 0);

    public IReadOnlyDictionary<string, ReconciledSumResponse> ByCurrency { get; } =
        Lines.GroupBy(l => l.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, SumOf);

    private IEnumerable<Line> Own => Lines.Where(l => l.Currency == Currency);

    /// <summary>Of nothing expected there is no percentage, unless there is nothing either.</summary>
    public decimal? Percentage => Percent(Expected, Actual);

    public bool Pass(decimal threshold) =>
        ByCurrency.Values.All(s => s.DiscrepancyPercentage is { } percentage && Math.Abs(percentage) <= threshold);

    public IEnumerable<DiscrepancyResponse> Discrepancies => Lines.Where(l => l.Expected != l.Actual)
        .Select(l => new DiscrepancyResponse(l.Property, l.Address, l.Expected, l.Actual, (l.Actual ?? 0) - (l.Expected ?? 0),
            Percent(l.Expected ?? 0, l.Actual ?? 0), l.Basis, l.Currency))
        .OrderByDescending(d => Math.Abs(d.Difference));

    private static ReconciledSumResponse SumOf(IEnumerable<Line> lines)
    {
        var (expected, actual) = (lines.Sum(l => l.Expected ?? 0), lines.Sum(l => l.Actual ?? 0));
        return new(expected, actual, Percent(expected, actual));
    }

    private static decimal? Percent(decimal expected, decimal actual) =>
        expected != 0 ? decimal.Round(100 * (actual - expected) / expected, 2, MidpointRounding.AwayFromZero) : actual == 0 ? 0 : null;

    internal sealed record Line(PropertyId Property, string Address, decimal? Expected, decimal? Actual, string Basis, string Currency);
}
