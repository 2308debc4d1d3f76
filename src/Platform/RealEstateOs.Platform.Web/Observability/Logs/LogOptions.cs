using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Platform.Observability.Logs;

/// <summary>
/// Section <c>Logs</c>. What is logged at all is said by ASP.NET's own section <c>Logging</c>; further sinks by <c>Serilog</c>.
/// </summary>
internal sealed class LogOptions
{
    public const string Section = "Logs";

    public bool Files { get; set; } = true;

    /// <summary>Within the data folder (<c>DataFolder</c>), or absolute.</summary>
    [Required]
    public string Directory { get; set; } = "logs";

    /// <summary>Kept as they are; older ones are compressed into <c>archive/</c>.</summary>
    [Range(1, 1_000)]
    public int KeptFiles { get; set; } = 3;

    [Range(0, 10_000)]
    public int KeptArchives { get; set; } = 30;

    [Range(1, 10_000)]
    public int MaxFileMegabytes { get; set; } = 50;
}
