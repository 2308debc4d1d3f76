using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Cma;

/// <summary>A comparative market analysis.</summary>
public readonly record struct CmaReportId(long Value) : IEntityId<CmaReportId>
{
    public static string Prefix => "cma";
    public static CmaReportId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CmaReportId id) => EntityId.TryParse(text, out id);
}

/// <summary>A report of figures made to order.</summary>
public readonly record struct CustomReportId(long Value) : IEntityId<CustomReportId>
{
    public static string Prefix => "rpt";
    public static CustomReportId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CustomReportId id) => EntityId.TryParse(text, out id);
}
