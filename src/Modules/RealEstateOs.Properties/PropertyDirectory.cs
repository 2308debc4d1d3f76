using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties;

/// <summary>Answers other modules within the current organization and the caller's transaction.</summary>
internal sealed class PropertyDirectory(PropertiesDb db, TimeProvider clock) : IPropertyDirectory
{
    private static readonly Expression<Func<Property, PropertySummary>> Summary = p => new PropertySummary(
        p.Id, p.Address, p.City, p.Community, p.Building, p.PropertyType, p.Price, p.EstimatedValue, p.Currency, p.Bedrooms, p.Bathrooms, p.SquareFeet,
        p.Status, p.CurrentStage, p.TeamId, p.AssignedUserId)
    {
        Latitude = p.Latitude, Longitude = p.Longitude, CompletionStatus = p.CompletionStatus,
    };

    private readonly Dictionary<string, StockPrices> stock = [];

    public async Task<IReadOnlyDictionary<PropertyId, PropertySummary>> SummariesAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct)
    {
        var wanted = properties.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<PropertyId, PropertySummary>();
        return await db.Properties.AsNoTracking().Where(p => wanted.Contains(p.Id)).Select(Summary).ToDictionaryAsync(p => p.Id, ct);
    }

    public async Task RequireAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct, string member = "property_id")
    {
        var wanted = properties.Distinct().ToArray();
        if (wanted.Length == 0) return;
        var found = await db.Properties.Where(p => wanted.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        var unknown = wanted.Except(found).Select(p => p.Value).Order().ToArray();
        if (unknown.Length > 0) throw Problem.Invalid(FieldError.Format(member, $"names no property of the organization: {string.Join(", ", unknown)}"));
    }

    public Task<PropertyPicture?> PictureAsync(PropertyId property, CancellationToken ct) =>
        db.Images.AsNoTracking().Where(i => i.PropertyId == property).OrderByDescending(i => i.IsPrimary).ThenBy(i => i.Order).ThenBy(i => i.Id)
            .Select(i => new PropertyPicture(i.FileKey, i.Url)).FirstOrDefaultAsync(ct);

    public async Task<StockPrices> StockPricesAsync(string currency, CancellationToken ct)
    {
        if (stock.TryGetValue(currency, out var known)) return known;
        var available = db.Properties.Where(p => p.Status == PropertyStatus.Available && p.Currency == currency && p.Price != null);
        var count = await available.CountAsync(ct);
        // The lowest price that at least so many twentieths of the stock don't exceed.
        var ranks = count == 0 ? [] : Enumerable.Range(0, 21).Select(i => Math.Max(0, (int)Math.Ceiling(i * count / 20.0) - 1)).ToArray();
        var prices = count == 0 ? [] : await db.Database.SqlQuery<decimal>(
            $"""
            select price as "Value" from (
                select price, row_number() over (order by price) - 1 as rank from properties.properties
                where organization_id = {db.CurrentOrganization.Value} and deleted_at is null and status = 'available' and currency = {currency} and price is not null
            ) ranked join unnest({ranks}) with ordinality as wanted(rank, place) using (rank) order by place
            """).ToListAsync(ct);
        return stock[currency] = new StockPrices(prices.Count == 0 ? 0 : count, prices);
    }

    public async Task<IReadOnlyList<PropertySummary>> CandidatesAsync(PropertyWish wish, int limit, CancellationToken ct)
    {
        var found = db.Properties.AsNoTracking().Where(p => p.Status == PropertyStatus.Available);
        if (wish.Areas.Count > 0)
        {
            var areas = wish.Areas.Select(a => $"%{Escape(a)}%").ToArray();
            found = found.Where(p => areas.Any(a =>
                EF.Functions.ILike(p.City, a) || EF.Functions.ILike(p.Community!, a) || EF.Functions.ILike(p.Building!, a) || EF.Functions.ILike(p.Address, a)));
        }
        if (wish.Types.Count > 0)
        {
            var types = wish.Types.Select(t => (PropertyType?)t).ToArray();
            found = found.Where(p => types.Contains(p.PropertyType));
        }
        if (wish.MinPrice is { } least) found = found.Where(p => p.Price >= least);
        if (wish.MaxPrice is { } most) found = found.Where(p => p.Price <= most);
        if (wish.MinBedrooms is { } rooms) found = found.Where(p => p.Bedrooms >= rooms);
        return await found.OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id).Take(limit).Select(Summary).ToListAsync(ct);
    }

    public async Task MarkSoldAsync(PropertyId property, CancellationToken ct, PropertyStatus status = PropertyStatus.Sold)
    {
        if (await db.Properties.FirstOrDefaultAsync(p => p.Id == property, ct) is not { } sold) return;
        sold.Status = status;
        if (sold.Win(db.Work.Tenant.User, clock.Now()) is { } move) db.Record(sold, move);
        await db.SaveAsync(sold, db.Work.Tenant.User, ct);
    }

    private static string Escape(string text) => text.Trim().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
