using System.Globalization;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm.Matching;

/// <summary>One part of a match: so many of at most so many points, and why.</summary>
/// <param name="Factor">location, property_type, price or bedrooms.</param>
/// <param name="Reason">Why so many, as a sentence.</param>
/// <param name="Points">What the property reached of <c>max_points</c>.</param>
/// <param name="MaxPoints">Location 40, price 25, property_type 20, bedrooms 15.</param>
public sealed record MatchReason(string Factor, int Points, int MaxPoints, string Reason);

/// <summary>A property that fits a client, 0–100 over what the preferences ask for.</summary>
/// <param name="Score">0 to 100: the points reached of those that the wishes could give.</param>
/// <param name="Reasons">One for each wish; what nobody asked for is left out.</param>
/// <param name="Property">The property in short; all of it is at <c>/properties/{id}</c>.</param>
public sealed record PropertyMatch(PropertySummary Property, int Score, IReadOnlyList<MatchReason> Reasons)
{
    /// <summary>Location 40, type 20, price 25, bedrooms 15; what nobody asked for does not count.</summary>
    internal static PropertyMatch Of(PropertySummary property, Wishes wishes)
    {
        var reasons = new[] { Location(property, wishes), Type(property, wishes), Price(property, wishes), Rooms(property, wishes) }
            .OfType<MatchReason>().ToArray();
        var asked = reasons.Sum(r => r.MaxPoints);
        return new(property, asked == 0 ? 0 : (int)Math.Round(100.0 * reasons.Sum(r => r.Points) / asked), reasons);
    }

    private static MatchReason? Location(PropertySummary property, Wishes wishes)
    {
        if (wishes.Areas.Count == 0) return null;
        string?[] names = [property.Community, property.Building, property.City];
        if (names.OfType<string>().FirstOrDefault(n => wishes.Areas.Contains(n, StringComparer.OrdinalIgnoreCase)) is { } exact)
            return new("location", 40, 40, $"In {exact}");
        return new("location", 30, 40, $"Its address names {wishes.Areas.First(a => Names(property, a))}");
    }

    private static bool Names(PropertySummary property, string area) =>
        new[] { property.City, property.Community, property.Building,
            property.Address }.Any(n => n?.Contains(area, StringComparison.OrdinalIgnoreCase) == true);

    private static MatchReason? Type(PropertySummary property, Wishes wishes) =>
        wishes.Types.Count == 0 ? null
            : new("property_type", 20, 20, $"Of the type wanted: {Vocabulary.Word(property.PropertyType!.Value).Replace('_', ' ')}");

    private static MatchReason? Price(PropertySummary property, Wishes wishes)
    {
        if (wishes.MinPrice is null && wishes.MaxPrice is null) return null;
        var price = property.Price!.Value;
        var words = string.Create(CultureInfo.InvariantCulture, $"{price:#,0} {property.Currency}")
            + (property.RentPeriod is { } period ? $" a {Vocabulary.Word(period)}" : "");
        if (price > wishes.MaxPrice) return new("price", 10, 25, $"{words}, up to a tenth above the budget");
        return price < wishes.MinPrice ? new("price", 10, 25, $"{words}, up to a tenth below the wanted range")
            : new("price", 25, 25, $"{words}, within the range");
    }

    private static MatchReason? Rooms(PropertySummary property, Wishes wishes)
    {
        if (wishes.Bedrooms is not { } wanted) return null;
        var more = property.Bedrooms!.Value - wanted;
        return new("bedrooms", more switch { 0 or 1 => 15, > 1 => 10, _ => 5 }, 15, $"{property.Bedrooms} bedrooms, {wanted} wanted");
    }
}
