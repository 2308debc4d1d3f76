using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Analytics;

public readonly record struct GoalId(long Value) : IEntityId<GoalId>
{
    public static string Prefix => "goal";
    public static GoalId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out GoalId id) => EntityId.TryParse(text, out id);
}

/// <summary>A report of an office's own figures.</summary>
public readonly record struct FigureReportId(long Value) : IEntityId<FigureReportId>
{
    public static string Prefix => "rpt_analytics";
    public static FigureReportId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FigureReportId id) => EntityId.TryParse(text, out id);
}
