using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Portfolios;

internal static class PortfolioEndpoints
{
    private static readonly ListSpec<Portfolio> Spec = new ListSpec<Portfolio>()
        .Is("created_by", p => p.CreatedBy)
        .Is("name", p => p.Name)
        .Range("created_at", p => p.CreatedAt)
        .Where("search", "A part of the name or description.",
            text => p => (p.Name + " " + p.Description).ToLower().Contains(text.ToLower()))
        .Sort("created_at", p => p.CreatedAt).Sort("updated_at", p => p.UpdatedAt).Sort("name", p => p.Name)
        .By("-created_at");

    /// <summary>The portfolios with how much is in them.</summary>
    public static Task<ListResult<PortfolioResponse>> List(ListRequest list, DealsDb db, CurrentUser user, PortfolioContents contents,
        CancellationToken ct) =>
            list.PageAsync(db.PortfoliosOf(user, DealsPermissions.ReadPortfolios).AsNoTracking(), Spec, p => p.Id,
                PortfolioResponse.Projection, page => contents.CompleteAsync(page, ct), ct);

    /// <summary>One portfolio with its properties.</summary>
    public static async Task<Results<Ok<PortfolioDetailResponse>, NotFound>> Get(PortfolioId id, DealsDb db, CurrentUser user,
        PortfolioContents contents, CancellationToken ct) =>
            await db.FindPortfolioAsync(id, user, DealsPermissions.ReadPortfolios, ct) is { } portfolio
                ? TypedResults.Ok(await contents.DetailAsync(portfolio, ct)) : TypedResults.NotFound();

    /// <summary>Adds a portfolio of properties; what each is worth now becomes its book value.</summary>
    public static async Task<Created<PortfolioDetailResponse>> Create(CreatePortfolioRequest request, DealsDb db,
        PortfolioContents contents, CancellationToken ct)
    {
        var portfolio = new Portfolio();
        request.ApplyTo(portfolio);
        db.Add(portfolio);
        await db.SaveChangesAsync(ct);
        await contents.AddAsync(portfolio.Id, request.PropertyIds ?? [], "property_ids", ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/portfolios/{portfolio.Id.Value}", await contents.DetailAsync(portfolio, ct));
    }

    /// <summary>Changes the members that are present; <c>property_ids</c> replaces what is in it.</summary>
    public static async Task<Results<Ok<PortfolioDetailResponse>, NotFound>> Update(
        PortfolioId id, UpdatePortfolioRequest request, DealsDb db, CurrentUser user, PortfolioContents contents, CancellationToken ct)
    {
        if (await db.FindPortfolioAsync(id, user, DealsPermissions.UpdatePortfolios, ct) is not { } portfolio)
            return TypedResults.NotFound();
        request.ApplyTo(portfolio);
        if (request.Has(nameof(request.PropertyIds))) await contents.ReplaceAsync(id, request.PropertyIds ?? [], "property_ids", ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await contents.DetailAsync(portfolio, ct));
    }

    /// <summary>Hides the portfolio; it can be restored for 30 days. Its properties stay.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(PortfolioId id, DealsDb db, CurrentUser user, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.FindPortfolioAsync(id, user, DealsPermissions.DeletePortfolios, ct) is not { } portfolio)
            return TypedResults.NotFound();
        portfolio.DeletedAt = clock.Now();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Brings a deleted portfolio back.</summary>
    public static async Task<Results<Ok<PortfolioDetailResponse>, NotFound>> Restore(PortfolioId id, DealsDb db, CurrentUser user,
        PortfolioContents contents, CancellationToken ct)
    {
        var portfolio = await db.PortfoliosOf(user, DealsPermissions.DeletePortfolios).WithDeleted()
            .FirstOrDefaultAsync(p => p.Id == id, ct);
        if (portfolio is null) return TypedResults.NotFound();
        portfolio.DeletedAt = null;
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await contents.DetailAsync(portfolio, ct));
    }

    /// <summary>Adds a property at its current value; one that is in it already stays as it was added.</summary>
    public static async Task<Results<Ok<PortfolioDetailResponse>, NotFound>> AddProperty(
        PortfolioId id, PropertyId propertyId, DealsDb db, CurrentUser user, IPropertyReader properties, PortfolioContents contents,
        CancellationToken ct)
    {
        if (await db.FindPortfolioAsync(id, user, DealsPermissions.UpdatePortfolios, ct) is not { } portfolio)
            return TypedResults.NotFound();
        if ((await properties.SummariesAsync([propertyId], ct)).Count == 0) return TypedResults.NotFound();
        await contents.AddAsync(id, [propertyId], "property_id", ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await contents.DetailAsync(portfolio, ct));
    }

    /// <summary>Takes a property out of the portfolio.</summary>
    public static async Task<Results<NoContent, NotFound>> RemoveProperty(PortfolioId id, PropertyId propertyId, DealsDb db,
        CurrentUser user, CancellationToken ct)
    {
        if (await db.FindPortfolioAsync(id, user, DealsPermissions.UpdatePortfolios, ct) is null) return TypedResults.NotFound();
        if (await db.PortfolioProperties.FirstOrDefaultAsync(p => p.PortfolioId == id && p.PropertyId == propertyId, ct) is not { } place)
            return TypedResults.NotFound();
        db.Remove(place);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>With the <c>:own</c> scope a user sees the portfolios they made.</summary>
    public static IQueryable<Portfolio> PortfoliosOf(this DealsDb db, CurrentUser user, string permission) =>
        db.Portfolios.VisibleTo(user, permission);

    public static Task<Portfolio?> FindPortfolioAsync(this DealsDb db, PortfolioId id, CurrentUser user, string permission,
        CancellationToken ct) =>
            db.PortfoliosOf(user, permission).FirstOrDefaultAsync(p => p.Id == id, ct);
}
