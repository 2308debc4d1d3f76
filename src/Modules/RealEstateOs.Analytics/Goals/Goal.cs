using System.Linq.Expressions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Analytics;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Goals;

/// <summary>What is counted towards a goal: deals won, their value, their gross commission, listings and leads that came in.</summary>
public enum GoalMetric { Sales, Volume, Commission, Listings, Leads }

/// <summary>A goal counts from the first day of the running month, quarter or year.</summary>
public enum GoalPeriod { Month, Quarter, Year }

internal sealed class Goal : Entity<GoalId>, IOwned<Goal>
{
    public GoalMetric Metric { get; set; }
    public GoalPeriod Period { get; set; }
    public decimal Target { get; set; }
    /// <summary>Null: the whole office's.</summary>
    public UserId? UserId { get; set; }

    public static Expression<Func<Goal, bool>> IsOwnedBy(UserId user) => g => g.UserId == user || g.CreatedBy == user;

    /// <summary>As AURA's example names them: <c>monthly_sales_target</c>, <c>volume_target</c>.</summary>
    public string Name => NameOf(Metric, Period);

    internal static string NameOf(GoalMetric metric, GoalPeriod period) => (metric, period) switch
    {
        (GoalMetric.Volume, GoalPeriod.Month) => "volume_target",
        (_, GoalPeriod.Month) => $"monthly_{Vocabulary.Word(metric)}_target",
        (_, GoalPeriod.Quarter) => $"quarterly_{Vocabulary.Word(metric)}_target",
        _ => $"yearly_{Vocabulary.Word(metric)}_target",
    };

    /// <summary>The running month, quarter or year up to today.</summary>
    internal static DaySpan SpanOf(GoalPeriod period, DateOnly today, TimeZoneInfo zone) => new(period switch
    {
        GoalPeriod.Month => new DateOnly(today.Year, today.Month, 1),
        GoalPeriod.Quarter => new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1),
        _ => new DateOnly(today.Year, 1, 1),
    }, today, zone);
}

/// <summary>A goal of the office, or with <c>user_id</c> of one person.</summary>
/// <example>{"metric": "sales", "period": "month", "target": 8}</example>
public sealed record CreateGoalRequest : IRequestBody<CreateGoalRequest>
{
    public GoalMetric? Metric { get; init; }
    /// <summary>The calendar's month (default), quarter or year.</summary>
    public GoalPeriod? Period { get; init; }
    /// <summary>How many, or how much in the organization's currency.</summary>
    public decimal? Target { get; init; }
    public UserId? UserId { get; init; }
}

/// <summary>Changes what is given; metric and person stay.</summary>
/// <example>{"target": 10}</example>
public sealed record UpdateGoalRequest : PartialBody, IRequestBody<UpdateGoalRequest>
{
    /// <summary>How many, or how much in the organization's currency.</summary>
    public decimal? Target { get; init; }
}

internal sealed class CreateGoalValidator : AbstractValidator<CreateGoalRequest>
{
    public CreateGoalValidator()
    {
        RuleFor(g => g.Metric).NotNull();
        RuleFor(g => g.Target).NotNull().GreaterThan(0).PrecisionScale(18, 2, true);
    }
}

internal sealed class UpdateGoalValidator : AbstractValidator<UpdateGoalRequest>
{
    public UpdateGoalValidator() => RuleFor(g => g.Target).GreaterThan(0).PrecisionScale(18, 2, true);
}

/// <param name="Current">Counted in the running month, quarter or year; null to whom what is counted is closed.</param>
/// <param name="Progress">current / target as a fraction.</param>
/// <param name="Target">How many, or how much in the organization's currency.</param>
/// <param name="Name">Made of period and metric, such as monthly_sales_target.</param>
public sealed record GoalResponse(
    GoalId Id, OrganizationId OrganizationId, string Name, GoalMetric Metric, GoalPeriod Period, decimal Target, UserId? UserId,
    decimal? Current, decimal? Progress,
    UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
