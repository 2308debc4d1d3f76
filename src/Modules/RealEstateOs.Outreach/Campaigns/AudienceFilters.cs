using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>Which leads; what is left out or null asks for nothing. An empty list is refused: nobody is not everybody.</summary>
[Selection]
public sealed record AudienceFilters
{
    /// <summary>Leads with any of these statuses.</summary>
    public LeadStatus[]? Status { get; init; }
    /// <summary>Leads with any of these sources.</summary>
    public LeadSource[]? Source { get; init; }
    /// <summary>Leads with these tags.</summary>
    public string[]? Tags { get; init; }
    /// <summary>0 to 100, included.</summary>
    public int? MinScore { get; init; }
    /// <summary>0 to 100, included.</summary>
    public int? MaxScore { get; init; }
    /// <summary>In the organization's currency, included.</summary>
    public decimal? MinBudget { get; init; }
    /// <summary>In the organization's currency, included.</summary>
    public decimal? MaxBudget { get; init; }
    public UserId? AssignedTo { get; init; }

    /// <summary>Does it ask for nothing at all?</summary>
    internal bool IsEmpty => this == new AudienceFilters();

    internal LeadWish Wish => new()
    {
        Status = Status ?? [], Source = Source ?? [], Tags = Tags ?? [], MinScore = MinScore, MaxScore = MaxScore, MinBudget = MinBudget,
        MaxBudget = MaxBudget, AssignedTo = AssignedTo,
    };
}

internal sealed class AudienceFiltersValidator : AbstractValidator<AudienceFilters>
{
    public AudienceFiltersValidator()
    {
        RuleFor(f => f.Status).IsNotEmpty();
        RuleFor(f => f.Source).IsNotEmpty();
        RuleFor(f => f.Tags).IsNotEmpty();
    }
}

/// <summary>What selections have in common: they never widen because they are empty, and times of sending lie ahead.</summary>
internal static class SelectionRules
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    public static IRuleBuilderOptions<T, TItem[]?> IsNotEmpty<T, TItem>(this IRuleBuilder<T, TItem[]?> rule) =>
        rule.Must(list => list is not { Length: 0 }).WithMessage("is empty and selects nobody; leave it out to not select by it");

    public static IRuleBuilderOptions<T, AudienceFilters?> AsksForSomething<T>(this IRuleBuilder<T, AudienceFilters?> rule) =>
        rule.Must(filters => filters is not { IsEmpty: true }).WithMessage("is empty and selects nobody; name at least one condition");

    public static IRuleBuilderOptions<T, DateTimeOffset?> IsNotOver<T>(this IRuleBuilder<T, DateTimeOffset?> rule, TimeProvider clock) =>
        rule.Must(time => time is not { } at || at >= clock.GetUtcNow() - ClockTolerance).WithMessage("is a time in the past");
}
