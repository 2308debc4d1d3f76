using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Cma;

/// <summary>A section of a report is written; <paramref name="ReportSections"/> is where all of them are now.</summary>
public sealed record CmaSectionCompleted(CmaReportId ReportId, string Section, IReadOnlyDictionary<string, string> ReportSections,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "cma.section_completed";
}

/// <summary>A report is printed and can be read in all its forms.</summary>
public sealed record CmaReportCompleted(CmaReportId ReportId, string Title, decimal? EstimatedValue, string MarketData,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "cma.report_completed";
}
