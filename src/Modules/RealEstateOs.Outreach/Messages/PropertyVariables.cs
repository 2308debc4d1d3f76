using System.Globalization;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Messages;

/// <summary>A property as a message tells of it, with the address of its public page where it has one.</summary>
internal sealed record ShownProperty(PropertySummary Facts, string? Url);

/// <summary>The property that a message is about: the campaign's, else the one that the lead asked about.</summary>
internal sealed class ShownProperties(IPropertyDirectory directory, IPropertyReader reader, ILandingPages pages)
{
    /// <summary>As the office: for what leaves to leads. Two queries, however many.</summary>
    public async Task<IReadOnlyDictionary<PropertyId, ShownProperty>> OfAsync(IEnumerable<PropertyId?> properties, CancellationToken ct)
    {
        PropertyId[] wanted = [.. properties.OfType<PropertyId>().Distinct()];
        return await WithPagesAsync(await directory.SummariesAsync(wanted, ct), ct);
    }

    /// <summary>As the signed-in user: for what they are shown, and for what they write themselves.</summary>
    public async Task<ShownProperty?> SeenAsync(PropertyId? property, CancellationToken ct) => property is not { } id ? null
        : (await WithPagesAsync(await reader.SummariesAsync([id], ct), ct)).GetValueOrDefault(id);

    private async Task<Dictionary<PropertyId, ShownProperty>> WithPagesAsync(IReadOnlyDictionary<PropertyId, PropertySummary> facts,
        CancellationToken ct)
    {
        var addresses = await pages.AddressesAsync([.. facts.Keys], ct);
        return facts.ToDictionary(p => p.Key, p => new ShownProperty(p.Value, addresses.GetValueOrDefault(p.Key)));
    }
}

internal static class PropertyVariables
{
    public static readonly IReadOnlyList<string> Known = ["property_title", "property_address", "property_city", "property_community",
        "property_price", "property_type", "property_bedrooms", "property_area", "property_url"];

    public static Dictionary<string, string?> Of(ShownProperty? property) => property is not { Facts: var p }
        ? Known.ToDictionary(name => name, string? (_) => null) : new()
        {
            ["property_title"] = Title(p), ["property_address"] = p.Address, ["property_city"] = p.City,
            ["property_community"] = p.Community, ["property_type"] = Type(p), ["property_bedrooms"] = Number(p.Bedrooms),
            ["property_price"] = p.Price is { } price ? $"{p.Currency} {Number(price)}" : null,
            ["property_area"] = p.SquareFeet is { } area ? $"{Number(area)} sq ft" : null, ["property_url"] = property.Url,
        };

    /// <summary>"2-bedroom apartment in Dubai Marina", as far as it is known.</summary>
    private static string Title(PropertySummary p)
    {
        var home = (p.Bedrooms, Type(p)) switch
        {
            (null, null) => "home", (0, _) => "studio", (null, var type) => type,
            (var bedrooms, var type) => $"{Number(bedrooms)}-bedroom {type ?? "home"}",
        };
        return $"{home} in {p.Building ?? p.Community ?? p.City}";
    }

    private static string? Type(PropertySummary p) => p.PropertyType is { } type ? Vocabulary.Word(type).Replace('_', ' ') : null;

    private static string? Number(decimal? number) => number?.ToString("#,0.##", CultureInfo.InvariantCulture);
}
