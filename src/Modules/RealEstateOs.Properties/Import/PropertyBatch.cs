using System.Globalization;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Listings;
using RealEstateOs.Properties.Valuations;

namespace RealEstateOs.Properties.Import;

/// <summary>
/// What a batch of rows adds and changes, with the traces of single creation: stage history, timeline, audit, events. New rows are written
/// table by table, changed ones by the change tracker.
/// </summary>
internal sealed class PropertyBatch(PropertiesDb db, ImportRun run, DateTimeOffset now)
{
    private readonly List<PropertyCard> taken = [];
    private readonly List<(PropertyCard Card, Valuation Sale)> sales = [];

    /// <summary>Takes a row in; true where the record is another than before.</summary>
    public bool Take(PropertyCard card, PropertyFields fields, DateOnly? saleDate)
    {
        var changed = card.Apply(fields, saleDate);
        if (card.IsNew) card.Property.StartAt(fields.CurrentStage ?? card.Property.CurrentStage, now);
        else if (fields.CurrentStage is { } stage && card.Property.MoveTo(stage, run.UserId, now) is { } move)
        {
            db.Record(card.Property, move);
            changed = true;
        }
        if (!card.Taken) taken.Add(card);
        card.Taken = true;
        if (saleDate is not { } day || fields.Price is not { } price || !card.KnownSales.Add((day, price))) return changed;
        sales.Add((card, new Valuation { Value = price, ValuationDate = day, Source = PropertyCard.SaleSource }));
        return true;
    }

    public async Task SaveAsync(CancellationToken ct)
    {
        var added = taken.Where(c => c.IsNew).Select(c => c.Property).ToList();
        foreach (var property in added) property.TeamId ??= run.TeamId;
        await db.InsertManyAsync<Property, PropertyId>(added, ct);
        foreach (var (card, sale) in sales) sale.PropertyId = card.Property.Id;
        await db.InsertManyAsync<Valuation, ValuationId>(sales.ConvertAll(s => s.Sale), ct);
        await db.InsertManyAsync(
            added.ConvertAll(p => new StageMove { PropertyId = p.Id, ToStage = p.CurrentStage, MovedBy = run.UserId, MovedAt = now }), ct);
        await db.InsertManyAsync([.. added.Select(Added), .. sales.Select(s => Sold(s.Card.Property, s.Sale))], ct);
        foreach (var property in added)
            db.Raise(() => new PropertyCreated(property.Id, property.TeamId, property.AssignedUserId, property.CurrentStage,
                property.Address, run.UserId));
        foreach (var card in taken.Where(c => !c.IsNew)) Announce(card.Property);
        await db.SaveChangesAsync(ct);
    }

    private void Announce(Property property)
    {
        var changed = db.ChangedMembers(property);
        if (changed.Length > 0) db.Raise(
            () => new PropertyUpdated(property.Id, property.TeamId, property.AssignedUserId, property.CurrentStage, run.UserId, changed));
    }

    private TimelineEntry<PropertyId> Added(Property property) =>
        Entry(property, "property_created", "Property Added to Pipeline", $"Added {property.Address}");

    private TimelineEntry<PropertyId> Sold(Property property, Valuation sale) => Entry(property, "valuation_added", "Valuation Added",
        string.Create(CultureInfo.InvariantCulture, $"Sold for {sale.Value:n0} {property.Currency} on {sale.ValuationDate:yyyy-MM-dd}"));

    private TimelineEntry<PropertyId> Entry(Property property, string type, string title, string description) => new()
    {
        RecordId = property.Id, EventType = type, EventTitle = title, EventDescription = description, CreatedBy = run.UserId,
        CreatedAt = now,
    };
}
