using System.Globalization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Communications;

/// <summary>The variables of a memo. What a property does not have is empty.</summary>
internal static class MemoVariables
{
    private static readonly (string Name, Func<Facts, string?> Value)[] All =
    [
        ("owner_name", f => f.Property.OwnerName), ("owner_first_name", f => FirstName(f.Property.OwnerName)),
        ("first_name", f => FirstName(f.Property.OwnerName)),
        ("owner_email", f => f.Property.OwnerEmail), ("owner_phone", f => f.Property.OwnerPhone),
        ("address", f => f.Property.Address), ("property_address", f => f.Property.Address), ("city", f => f.Property.City),
        ("state", f => f.Property.State),
        ("zip_code", f => f.Property.ZipCode), ("community", f => f.Property.Community), ("building", f => f.Property.Building),
        ("property_type", f => f.Property.PropertyType is { } type ? Vocabulary.Word(type).Replace('_', ' ') : null),
        ("price", f => Money(f.Property.Price, f.Property.Currency)),
        ("estimated_value", f => Money(f.Property.EstimatedValue, f.Property.Currency)),
        ("bedrooms", f => f.Property.Bedrooms?.ToString(CultureInfo.InvariantCulture)),
        ("bathrooms", f => f.Property.Bathrooms?.ToString("0.#", CultureInfo.InvariantCulture)),
        ("square_feet", f => f.Property.SquareFeet?.ToString("#,0", CultureInfo.InvariantCulture)),
        ("agent_name", f => f.Agent?.FullName), ("agent_email", f => f.Agent?.Email), ("agent_phone", f => f.Agent?.Phone),
        ("company_name", f => f.Company),
    ];

    public static readonly IReadOnlyList<string> Known = [.. All.Select(v => v.Name)];

    public static Dictionary<string, string?> Of(OutreachProperty property, Person? agent, string company)
    {
        var facts = new Facts(property, agent, company);
        return All.ToDictionary(v => v.Name, v => v.Value(facts));
    }

    private static string? FirstName(string? name) =>
        name?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : null;

    private static string? Money(decimal? amount, string currency) =>
        amount is { } value ? string.Create(CultureInfo.InvariantCulture, $"{currency} {value:#,0.##}") : null;

    private sealed record Facts(OutreachProperty Property, Person? Agent, string Company);
}
