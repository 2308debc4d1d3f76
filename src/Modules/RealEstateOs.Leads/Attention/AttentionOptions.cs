using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Leads.Attention;

/// <summary>Section <c>Leads:Attention</c>: from when on a lead needs somebody.</summary>
internal sealed class AttentionOptions
{
    /// <summary>A new lead that nobody has reached out to.</summary>
    [Range(1, 24 * 30)] public int FirstContactHours { get; set; } = 24;

    /// <summary>A lead of a high score without contact.</summary>
    [Range(1, 365)] public int HotDays { get; set; } = 3;

    [Range(1, 100)] public int HotScore { get; set; } = 70;

    /// <summary>Any other lead in work without contact.</summary>
    [Range(1, 365)] public int QuietDays { get; set; } = 14;
}
