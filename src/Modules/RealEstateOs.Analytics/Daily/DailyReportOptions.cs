using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Analytics.Daily;

/// <summary>Section <c>DailyReport</c> of the configuration.</summary>
internal sealed class DailyReportOptions
{
    public bool Enabled { get; set; } = true;

    /// <summary>The hour of the office's own clock from which yesterday is reported.</summary>
    [Range(0, 17)]
    public int Hour { get; set; } = 7;
}
