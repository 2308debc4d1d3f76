using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Imports;

/// <summary>How the text of a cell is understood.</summary>
public enum CellKind { Text, Number, Money, Area, Date, Time, Flag, Word, List, Id, Object }

/// <summary>A member that a column can become, with other headings under which files carry it.</summary>
public sealed record ImportMember(string Name, CellKind Kind, params string[] Headings)
{
    /// <summary>The member that holds a record's id of ours.</summary>
    public const string OwnId = "id";

    /// <summary>What amounts of a row are in; written into the row wherever a cell or heading says it.</summary>
    public const string Currency = "currency";

    /// <summary>The unit of areas that name none.</summary>
    public const string AreaUnit = "area_unit";

    /// <summary>Must every new record have it?</summary>
    public bool Required { get; init; }

    /// <summary>What files call its values, beside our own words; null where the text is as good as it stands.</summary>
    public Func<string, string?>? Reads { get; init; }

    /// <summary>
    /// Files have several columns of it (mobile, work, home): the first that says something is taken, the others are kept aside.
    /// </summary>
    public bool HasAlternatives { get; init; }

    /// <summary>Is it told by another heading (letters and digits in lower case)?</summary>
    public Func<string, bool>? Recognises { get; init; }

    /// <summary>Every column of it counts: they come as a list.</summary>
    public bool TakesAll { get; init; }
}

public static class ImportMembers
{
    /// <summary>
    /// The members of a request record; the kinds come from its types, so that a new member can be imported without more ado.
    /// </summary>
    public static IReadOnlyList<ImportMember> Of<TRequest>(IReadOnlyCollection<string> required,
        IReadOnlyDictionary<string, string[]> headings, params string[] without) =>
        [
            .. from property in typeof(TRequest).GetProperties(BindingFlags.Public | BindingFlags.Instance)
               where property.SetMethod is { IsPublic: true } && property.GetCustomAttribute<JsonIgnoreAttribute>() is null
               let name = Json.SnakeCase(property.Name)
               where !without.Contains(name)
               let aliases = property.GetCustomAttributes<AliasAttribute>().Select(a => a.Name)
               select new ImportMember(name, KindOf(property),
                   [.. aliases, .. headings.GetValueOrDefault(name, [])]) { Required = required.Contains(name) },
        ];

    private static CellKind KindOf(PropertyInfo property)
    {
        if (property.IsDefined(typeof(MoneyAttribute))) return CellKind.Money;
        if (property.IsDefined(typeof(AreaAttribute))) return CellKind.Area;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string)) return CellKind.Text;
        if (type == typeof(DateOnly)) return CellKind.Date;
        if (type == typeof(DateTimeOffset)) return CellKind.Time;
        if (type == typeof(bool)) return CellKind.Flag;
        if (type.IsEnum) return CellKind.Word;
        if (type.IsArray) return CellKind.List;
        if (type == typeof(JsonElement)) return CellKind.Object;
        if (EntityIds.IsId(type)) return CellKind.Id;
        return type.IsPrimitive || type == typeof(decimal) ? CellKind.Number : CellKind.Object;
    }

    /// <summary>The names of what a response shows.</summary>
    public static IReadOnlySet<string> NamesOf<TResponse>() => typeof(TResponse).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
        .Select(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? Json.SnakeCase(p.Name)).ToHashSet();

    /// <summary>Offers a kind of record to <c>POST /data/import</c>.</summary>
    public static IServiceCollection AddRowImporter<TImporter>(this IServiceCollection services) where TImporter : class, IRowImporter =>
        services.AddScoped<IRowImporter, TImporter>();
}
