using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Portfolios;

/// <example>{"portfolio_id": 1, "threshold": 0.5}</example>
public sealed record ReconcileRequest : IRequestBody<ReconcileRequest>
{
    public PortfolioId? PortfolioId { get; init; }
    /// <summary>In percent; default 0.5.</summary>
    public decimal? Threshold { get; init; }
}

internal sealed class ReconcileValidator : AbstractValidator<ReconcileRequest>
{
    public ReconcileValidator()
    {
        RuleFor(r => r.PortfolioId).NotNull();
        RuleFor(r => r.Threshold).InclusiveBetween(0, 100).PrecisionScale(5, 2, true);
    }
}

/// <summary>
/// A reconciliation; <see cref="Discrepancies"/> lists the properties whose value is not what was expected, the largest first. The totals
/// are in <see cref="Currency"/>; <see cref="ByCurrency"/> has the sums of each currency (expected, actual, discrepancy_percentage), and
/// all of them must pass. Both are null of those made before currencies were kept apart.
/// </summary>
/// <param name="ValidationStatus"><c>pass</c> or <c>fail</c>.</param>
/// <param name="DiscrepancyPercentage">Of the expected sum; null where nothing was expected.</param>
/// <param name="Threshold">In percent of the expected sum: up to so much passes.</param>
/// <param name="PropertiesChecked">Properties that were compared, of all currencies.</param>
/// <param name="TotalValueExpected">What the properties should be worth: last valuation of each, else its book value.</param>
/// <param name="TotalValueActual">What they are worth: estimated value of each, else its price.</param>
/// <param name="DiscrepancyAmount">total_value_actual − total_value_expected.</param>
/// <param name="CheckedAt">When it was compared; values of that moment.</param>
/// <param name="Currency">ISO 4217 code of the totals; null of those made before currencies were kept apart.</param>
/// <param name="ByCurrency">Sums by currency code; all of them must pass. Null of those made before currencies were kept apart.</param>
public sealed record ReconciliationResponse(
    ReconciliationId Id, OrganizationId OrganizationId, PortfolioId PortfolioId, string ValidationStatus, decimal? DiscrepancyPercentage,
    decimal Threshold,
    int PropertiesChecked, decimal TotalValueExpected, decimal TotalValueActual, decimal DiscrepancyAmount,
    [property: JsonShape(typeof(IReadOnlyList<DiscrepancyResponse>))] JsonElement Discrepancies, UserId? CreatedBy,
    DateTimeOffset CheckedAt,
    string? Currency, [property: JsonShape(typeof(IReadOnlyDictionary<string, ReconciledSumResponse>))] JsonElement? ByCurrency)
{
    internal static readonly Expression<Func<Reconciliation, ReconciliationResponse>> Projection = r => new ReconciliationResponse(
        r.Id, r.OrganizationId, r.PortfolioId, r.ValidationStatus, r.DiscrepancyPercentage, r.Threshold, r.PropertiesChecked,
        r.TotalValueExpected,
        r.TotalValueActual, r.DiscrepancyAmount, r.Discrepancies, r.CreatedBy, r.CheckedAt, r.Currency, r.ByCurrency);

    internal static readonly Func<Reconciliation, ReconciliationResponse> Of = Projection.Compile();
}

internal static class Reconcile
{
    private static readonly ListSpec<Reconciliation> Spec = new ListSpec<Reconciliation>()
        .Is("portfolio_id", r => r.PortfolioId)
        .Is("validation_status", r => r.ValidationStatus)
        .Range("checked_at", r => r.CheckedAt)
        .Sort("checked_at", r => r.CheckedAt)
        .By("-checked_at");

    /// <summary>
    /// Compares what a portfolio should be worth with what it is worth. The result is kept. It should be worth the last valuation of each
    /// property, else its book value when it was added; it is worth the estimated values, else prices. The sums are the portfolio's;
    /// discrepancies are listed of properties that the reader may see.
    /// </summary>
    public static async Task<Results<Ok<ReconciliationResponse>, NotFound>> Handle(
        ReconcileRequest request, DealsDb db, CurrentUser user, PortfolioContents contents, IPropertyDirectory properties,
        IPropertyReader reader, IPropertyFigures figures,
        IOrganizationDirectory organizations, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindPortfolioAsync(request.PortfolioId!.Value, user, DealsPermissions.UpdatePortfolios, ct) is not { } portfolio)
            return TypedResults.NotFound();
        var result = await RunAsync(portfolio.Id, request.Threshold ?? ReconciledSums.DefaultThreshold, user.Id,
            (await organizations.DefaultsAsync(ct)).Currency, db, contents, properties, figures, clock, ct);
        return TypedResults.Ok((await ShownAsync([ReconciliationResponse.Of(result)], reader, ct))[0]);
    }

    public static async Task<Reconciliation> RunAsync(
        PortfolioId portfolio, decimal threshold, UserId? by, string home, DealsDb db, PortfolioContents contents,
        IPropertyDirectory properties, IPropertyFigures figures, TimeProvider clock, CancellationToken ct)
    {
        var places = await contents.PlacesAsync(portfolio, ct);
        var ids = places.ConvertAll(p => p.PropertyId);
        var (known, valued) = (await properties.SummariesAsync(ids, ct), await figures.LastValuationsAsync(ids, ct));
        var sums = new ReconciledSums(
            [.. places.Where(p => known.ContainsKey(p.PropertyId)).Select(p => LineOf(p, known[p.PropertyId], valued))],
            AmountsByCurrency.Of(known.Values.Select(h => (h.Currency, h.Current())), home).Currency);
        var result = new Reconciliation
        {
            PortfolioId = portfolio, ValidationStatus = sums.Pass(threshold) ? "pass" : "fail", DiscrepancyPercentage = sums.Percentage,
            Threshold = threshold,
            PropertiesChecked = sums.Lines.Count, TotalValueExpected = sums.Expected, TotalValueActual = sums.Actual,
            DiscrepancyAmount = sums.Actual - sums.Expected,
            Discrepancies = JsonSerializer.SerializeToElement(sums.Discrepancies.ToArray(), Json.Options), Currency = sums.Currency,
            ByCurrency = JsonSerializer.SerializeToElement(sums.ByCurrency, Json.Options), CreatedBy = by, CheckedAt = clock.Now(),
        };
        db.Add(result);
        await db.SaveChangesAsync(ct);
        return result;
    }

    /// <summary>Earlier reconciliations, the latest first.</summary>
    public static Task<ListResult<ReconciliationResponse>> List(ListRequest list, DealsDb db, CurrentUser user, IPropertyReader reader,
        CancellationToken ct)
    {
        var visible = db.PortfoliosOf(user, DealsPermissions.ReadPortfolios);
        return list.PageAsync(db.Reconciliations.AsNoTracking().Where(r => visible.Any(p => p.Id == r.PortfolioId)), Spec, r => r.Id,
            ReconciliationResponse.Projection,
            page => ShownAsync(page, reader, ct), ct);
    }

    private static async Task<IReadOnlyList<ReconciliationResponse>> ShownAsync(IReadOnlyList<ReconciliationResponse> page,
        IPropertyReader reader, CancellationToken ct)
    {
        var lines = page.Select(r => r.Discrepancies.Deserialize<DiscrepancyResponse[]>(Json.Options) ?? []).ToArray();
        var seen = await reader.SummariesAsync([.. lines.SelectMany(l => l.Select(d => d.PropertyId)).Distinct()], ct);
        return [.. page.Select((r, i) =>
            r with { Discrepancies = JsonSerializer.SerializeToElement(lines[i].Where(d => seen.ContainsKey(d.PropertyId)),
                Json.Options) })];
    }

    private static ReconciledSums.Line LineOf(PortfolioProperty place, PropertySummary home,
        IReadOnlyDictionary<PropertyId, decimal> valued)
    {
        var (expected, basis) = valued.TryGetValue(home.Id, out var valuation) ? ((decimal?)valuation, "last_valuation")
            : place.BookValue is { } book ? (book, "book_value") : (null, "none");
        return new ReconciledSums.Line(home.Id, home.Address, expected, home.Current(), basis, home.Currency);
    }
}
