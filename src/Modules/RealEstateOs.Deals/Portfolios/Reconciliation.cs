using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
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
    public decimal Threshold { get; set; }
    public int PropertiesChecked { get; set; }
    public decimal TotalValueExpected { get; set; }
    public decimal TotalValueActual { get; set; }
    public decimal DiscrepancyAmount { get; set; }
    public JsonElement Discrepancies { get; set; }
    public UserId? CreatedBy { get; set; }
    public DateTimeOffset CheckedAt { get; set; }
}

internal sealed class ReconciliationMapping : IEntityTypeConfiguration<Reconciliation>
{
    public void Configure(EntityTypeBuilder<Reconciliation> reconciliation)
    {
        reconciliation.ToTable("reconciliations");
        reconciliation.Property(r => r.Id).ValueGeneratedOnAdd().UseIdentityAlwaysColumn();
        reconciliation.Property(r => r.Threshold).HasPrecision(5, 2);
    }
}

/// <summary>A property whose value is not what was expected; <paramref name="Basis"/> is last_valuation, book_value or none.</summary>
public sealed record DiscrepancyResponse(PropertyId PropertyId, string Address, decimal? Expected, decimal? Actual, decimal Difference, decimal? Percentage, string Basis);

/// <summary>
/// Expected: the last valuation agreed for a property, else its book value when it was added. Actual: its estimated value, else
/// its price. The sums pass where they differ by no more than the threshold, in percent of the expected sum.
/// </summary>
internal sealed record ReconciledSums(IReadOnlyList<ReconciledSums.Line> Lines)
{
    public const decimal DefaultThreshold = 0.5m;

    public decimal Expected => Lines.Sum(l => l.Expected ?? 0);

    public decimal Actual => Lines.Sum(l => l.Actual ?? 0);

    /// <summary>Of nothing expected there is no percentage, unless there is nothing either.</summary>
    public decimal? Percentage => Percent(Expected, Actual);

    public bool Pass(decimal threshold) => Percentage is { } percentage && Math.Abs(percentage) <= threshold;

    public IEnumerable<DiscrepancyResponse> Discrepancies => Lines.Where(l => l.Expected != l.Actual)
        .Select(l => new DiscrepancyResponse(l.Property, l.Address, l.Expected, l.Actual, (l.Actual ?? 0) - (l.Expected ?? 0), Percent(l.Expected ?? 0, l.Actual ?? 0), l.Basis))
        .OrderByDescending(d => Math.Abs(d.Difference));

    private static decimal? Percent(decimal expected, decimal actual) =>
        expected != 0 ? decimal.Round(100 * (actual - expected) / expected, 2, MidpointRounding.AwayFromZero) : actual == 0 ? 0 : null;

    internal sealed record Line(PropertyId Property, string Address, decimal? Expected, decimal? Actual, string Basis);
}
