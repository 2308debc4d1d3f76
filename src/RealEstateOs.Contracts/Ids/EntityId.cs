using System.Globalization;

namespace RealEstateOs.Contracts.Ids;

/// <summary>The one way to read an id, and the second of the two ways to write it.</summary>
public static class EntityId
{
    /// <summary>The reference with its prefix, as AURA's documents show it: <c>prop_123</c>.</summary>
    public static string Reference<TId>(this TId id) where TId : struct, IEntityId<TId> =>
        string.Create(CultureInfo.InvariantCulture, $"{TId.Prefix}_{id.Value}");

    public static bool TryParse<TId>(string? text, out TId id) where TId : struct, IEntityId<TId>
    {
        var digits = text.AsSpan().Trim();
        if (digits.StartsWith(TId.Prefix, StringComparison.Ordinal) && digits.Length > TId.Prefix.Length
            && digits[TId.Prefix.Length] == '_')
            digits = digits[(TId.Prefix.Length + 1)..];
        var read = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        id = TId.From(value);
        return read;
    }

    /// <summary>Orders two ids; stands in expression trees, where the database compares the numbers.</summary>
    public static bool Less<TId>(TId left, TId right) where TId : struct, IEntityId<TId> => left.Value < right.Value;

    /// <inheritdoc cref="Less{TId}"/>
    public static bool Greater<TId>(TId left, TId right) where TId : struct, IEntityId<TId> => left.Value > right.Value;

    public static string Explain(string prefix) => $"must be an id: a number, or a reference such as {prefix}_1";
}
