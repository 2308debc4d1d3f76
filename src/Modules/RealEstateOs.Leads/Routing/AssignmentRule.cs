using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads.Routing;

/// <summary>Which leads go to which agents, in turn. Conditions that are empty ask for nothing; all given ones must hold.</summary>
[Table("assignment_rules")]
internal sealed class AssignmentRule : Entity<AssignmentRuleId>
{
    public string Name { get; set; } = "";
    public int Position { get; set; }
    public bool IsActive { get; set; } = true;
    public long[] AgentIds { get; set; } = [];
    public string[] Areas { get; set; } = [];
    public string[] PropertyTypes { get; set; } = [];
    public string[] Sources { get; set; } = [];
    public decimal? MinBudget { get; set; }
    public decimal? MaxBudget { get; set; }
    public string[] WorkingDays { get; set; } = [];
    public TimeOnly? WorkStartsAt { get; set; }
    public TimeOnly? WorkEndsAt { get; set; }
    public int? ReassignAfterMinutes { get; set; }

    public bool Fits(Lead lead, PropertySummary? property) =>
        FitsArea(lead, property)
        && (PropertyTypes.Length == 0
            || ((lead.PropertyType ?? property?.PropertyType) is { } type && PropertyTypes.Contains(Vocabulary.Word(type))))
        && (Sources.Length == 0 || Sources.Contains(Vocabulary.Word(lead.Source)))
        && ((MinBudget is null && MaxBudget is null)
            || (lead.Budget is { } budget && budget >= (MinBudget ?? 0) && budget <= (MaxBudget ?? decimal.MaxValue)));

    /// <summary>Is it working time, by the organization's clock? A shift may end after midnight.</summary>
    public bool IsOpenAt(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var (time, day) = (TimeOnly.FromDateTime(local), local.DayOfWeek);
        var (from, to) = (WorkStartsAt ?? TimeOnly.MinValue, WorkEndsAt ?? TimeOnly.MinValue);
        if (from == to) return IsWorkingDay(day);
        if (from < to) return time >= from && time < to && IsWorkingDay(day);
        return time >= from ? IsWorkingDay(day) : time < to && IsWorkingDay(local.AddDays(-1).DayOfWeek);
    }

    private bool IsWorkingDay(DayOfWeek day) => WorkingDays.Length == 0 || WorkingDays.Contains(Vocabulary.Word(day));

    private bool FitsArea(Lead lead, PropertySummary? property)
    {
        if (Areas.Length == 0) return true;
        string?[] places = [lead.Area, property?.Community, property?.City, property?.Building];
        return places.OfType<string>().Any(place => Areas.Any(area => place.Contains(area, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <summary>How many leads a rule has given out: the next one goes to the next agent.</summary>
[Table("assignment_turns"), PrimaryKey(nameof(RuleId))]
internal sealed class AssignmentTurn : ITenantOwned, INotAudited
{
    public AssignmentRuleId RuleId { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public long Turn { get; set; }
}
