using System.Text.Json;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Fees;

/// <summary>The fees that hold from a day on, until the next schedule's.</summary>
internal sealed class FeeSchedule : Entity<FeeScheduleId>
{
    public DateOnly ValidFrom { get; set; }
    public JsonElement Rates { get; set; }
    public string? Source { get; set; }
}
