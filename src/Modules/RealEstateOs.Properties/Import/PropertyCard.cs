using System.Text.Json;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties.Import;

/// <summary>A property of a batch with the sales that are known of it.</summary>
internal sealed class PropertyCard(Property property)
{
    public const string SaleSource = "sale";

    public Property Property => property;

    public bool IsNew { get; init; }

    public HashSet<(DateOnly Date, decimal Price)> KnownSales { get; } = [];

    public bool Taken { get; set; }

    /// <summary>Null where the move is legal, or none.</summary>
    public FieldError? FaultOfMove(PropertyStage? stage)
    {
        if (IsNew || stage is not { } to || to == property.CurrentStage) return null;
        var legal = Pipeline.From(property.CurrentStage);
        return legal.Contains(to) ? null : FieldError.Format("current_stage", Pipeline.Illegal(property.CurrentStage, to, legal).Message);
    }

    /// <summary>
    /// Writes what the row gave. A sale that is not the latest tells history, not today's price. True where the property changed by it.
    /// </summary>
    public bool Apply(PropertyFields fields, DateOnly? saleDate)
    {
        var (price, estimate, metadata) = (property.Price, property.EstimatedValue, property.Metadata);
        var before = IsNew && !Taken ? null : Snapshot();
        var isLatest = saleDate is null || KnownSales.All(s => s.Date <= saleDate);
        fields.ApplyTo(property);
        if (!isLatest) (property.Price, property.EstimatedValue) = (price, estimate);
        else if (saleDate is not null && fields.Price is { } sold && !fields.Has(nameof(fields.EstimatedValue)))
            property.EstimatedValue = sold;
        property.Metadata = ImportedMetadata.Merge(metadata, property.Metadata);
        return before is not null && before != Snapshot();
    }

    private string Snapshot() => JsonSerializer.Serialize(PropertyResponse.Of(property) with { Version = 0 }, Json.Options);
}
