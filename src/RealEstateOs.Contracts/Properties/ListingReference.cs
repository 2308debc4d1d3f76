using System.Globalization;

namespace RealEstateOs.Contracts.Properties;

/// <summary>What portals call a listing, in feeds and in what they send back: <c>REOS12</c>.</summary>
public static class ListingReference
{
    private const string Beginning = "REOS";

    public static string Of(PropertyId property) => string.Create(CultureInfo.InvariantCulture, $"{Beginning}{property.Value}");

    public static PropertyId? Read(string text) => text.StartsWith(Beginning, StringComparison.OrdinalIgnoreCase)
        && long.TryParse(text.AsSpan(Beginning.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new PropertyId(id) : null;
}
