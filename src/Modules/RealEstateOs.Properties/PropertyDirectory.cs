using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Properties;

/// <summary>Answers other modules as the office, within the current organization and the caller's transaction.</summary>
internal sealed class PropertyDirectory(PropertiesDb db) : IPropertyDirectory
{
    private readonly Dictionary<(string, RentPeriod?), StockPrices> stock = [];

    public Task<IReadOnlyDictionary<PropertyId, PropertySummary>> SummariesAsync(IReadOnlyCollection<PropertyId> properties,
        CancellationToken ct) =>
            db.Properties.SummariesAsync(properties, ct);

    public async Task<PropertyId?> FindAsync(string reference, CancellationToken ct)
    {
        var ours = ListingReference.Read(reference)
            ?? (reference.StartsWith(PropertyId.Prefix + "_", StringComparison.Ordinal) && PropertyId.TryParse(reference, null, out var id)
                ? id : null);
        return await db.Properties.AsNoTracking().Where(p => ours == null ? p.ExternalId == reference : p.Id == ours)
            .Select(p => (PropertyId?)p.Id).FirstOrDefaultAsync(ct);
    }

    public Task<PropertyPicture?> PictureAsync(PropertyId property, CancellationToken ct) =>
        db.Images.AsNoTracking().Where(i => i.PropertyId == property).OrderByDescending(i => i.IsPrimary).ThenBy(i => i.Order)
            .ThenBy(i => i.Id)
            .Select(i => new PropertyPicture(i.FileKey, i.Url)).FirstOrDefaultAsync(ct);

    public async Task<StockPrices> StockPricesAsync(string currency, RentPeriod? rent, CancellationToken ct)
    {
        if (stock.TryGetValue((currency, rent), out var before)) return before;
        var available = db.Properties.Where(p => p.Status == PropertyStatus.Available && p.Currency == currency && p.Price != null
            && p.RentPeriod == rent);
        var count = await available.CountAsync(ct);
        // The lowest price that at least so many twentieths of the stock don't exceed.
        var ranks = count == 0 ? [] : Enumerable.Range(0, 21).Select(i => Math.Max(0, (int)Math.Ceiling(i * count / 20.0) - 1)).ToArray();
        var period = rent is { } known ? Vocabulary.Word(known) : null;
        var prices = count == 0 ? [] : await db.Database.SqlQuery<decimal>(
            $"""
            select price as "Value" from (
                select price, row_number() over (order by price) - 1 as rank from properties.properties
                where organization_id = {db.CurrentOrganization.Value} and deleted_at is null and status = 'available'
                    and currency = {currency} and price is not null and rent_period is not distinct from {period}
            ) ranked join unnest({ranks}) with ordinality as wanted(rank, place) using (rank) order by place
            """).ToListAsync(ct);
        return stock[(currency, rent)] = new StockPrices(prices.Count == 0 ? 0 : count, prices);
    }

    public Task<IReadOnlyList<PropertySummary>> CandidatesAsync(PropertyWish wish, int limit, CancellationToken ct) =>
        db.Properties.CandidatesAsync(wish, limit, ct);
}
