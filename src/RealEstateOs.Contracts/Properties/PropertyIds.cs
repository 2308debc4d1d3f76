using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Properties;

public readonly record struct PropertyId(long Value) : IEntityId<PropertyId>
{
    public static string Prefix => "prop";
    public static PropertyId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PropertyId id) => EntityId.TryParse(text, out id);
}

public readonly record struct PropertyImageId(long Value) : IEntityId<PropertyImageId>
{
    public static string Prefix => "img";
    public static PropertyImageId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PropertyImageId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ValuationId(long Value) : IEntityId<ValuationId>
{
    public static string Prefix => "val";
    public static ValuationId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ValuationId id) => EntityId.TryParse(text, out id);
}

public readonly record struct PropertyNoteId(long Value) : IEntityId<PropertyNoteId>
{
    public static string Prefix => "pnote";
    public static PropertyNoteId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PropertyNoteId id) => EntityId.TryParse(text, out id);
}

public readonly record struct PropertyActivityId(long Value) : IEntityId<PropertyActivityId>
{
    public static string Prefix => "pact";
    public static PropertyActivityId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PropertyActivityId id) => EntityId.TryParse(text, out id);
}
