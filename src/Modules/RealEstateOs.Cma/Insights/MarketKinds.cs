using RealEstateOs.Cma.Estimates;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.Insights;

/// <summary>Which of the registry's kinds the types of the API stand for, where a market's sales are counted.</summary>
internal static class MarketKinds
{
    /// <summary>null where no type is named: all homes.</summary>
    public static IReadOnlyCollection<PropertyKind>? Of(IReadOnlyCollection<PropertyType> types, string market) =>
        types.Count == 0 ? null : [.. types.SelectMany(t => Of(t, market)).Distinct().Order()];

    /// <summary>Of the types as a market's figures name them.</summary>
    public static IReadOnlyCollection<PropertyKind>? Of(MarketFiguresResponse figures) => Of(
        [.. (figures.PropertyType ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(w => Vocabulary.TryRead<PropertyType>(w, out var type) ? [type] : Array.Empty<PropertyType>())],
        figures.Market);

    public const string NotToldApart =
        "The registry does not tell warehouses, industrial and mixed-use property apart: "
        + "all that is neither home, office, shop nor land counts.";

    public static bool IsNotToldApart(PropertyType type) =>
        type is PropertyType.Warehouse or PropertyType.Industrial or PropertyType.MixedUse;

    // Land and what people work in can't be valued, but its sales can be counted.
    private static PropertyKind[] Of(PropertyType type, string market) => type switch
    {
        PropertyType.Land => [PropertyKind.Land],
        PropertyType.Commercial => [PropertyKind.Office, PropertyKind.Shop],
        _ when IsNotToldApart(type) => [PropertyKind.Other],
        _ => [SubjectReader.KindOf(type, market)],
    };
}
