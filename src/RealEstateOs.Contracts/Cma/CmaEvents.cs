using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Cma;

/// <summary>A section of a report is written; <paramref name="ReportSections"/> is where all of them are now.</summary>
/// <param name="Section">Name of the section that is written.</param>
/// <param name="ReportSections">Every section with its state: pending or completed.</param>
public sealed record CmaSectionCompleted(CmaReportId ReportId, string Section, IReadOnlyDictionary<string, string> ReportSections,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "cma.section_completed";
}

/// <summary>A report is printed and can be read in all its forms.</summary>
/// <param name="Title">As it stands on the cover.</param>
/// <param name="EstimatedValue">In the market's currency; null of market reports.</param>
/// <param name="MarketData">sample (invented), dld (Dubai Land Department) or imported.</param>
public sealed record CmaReportCompleted(CmaReportId ReportId, string Title, decimal? EstimatedValue, string MarketData,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "cma.report_completed";
}
