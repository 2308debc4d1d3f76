using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Imports;

public readonly record struct ImportId(long Value) : IEntityId<ImportId>
{
    public static string Prefix => "imp";
    public static bool ShownAsReference => true;
    public static ImportId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ImportId id) => EntityId.TryParse(text, out id);
}
