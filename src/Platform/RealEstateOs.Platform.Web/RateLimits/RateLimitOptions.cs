using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealEstateOs.Platform.RateLimits;

/// <summary>Section <c>RateLimits</c>: how often somebody may call, and what a plan allows.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    public const string StandardPlan = "standard";

    /// <summary>Off for benches and tests of other things; quotas hold all the same.</summary>
    public bool Enabled { get; set; } = true;

    public AnonymousLimits Anonymous { get; set; } = new();

    [Range(1, 1_000_000)]
    public int UserPerMinute { get; set; } = 100;

    [Range(1, 1_000_000)]
    public int TeamPerHourAndMember { get; set; } = 1_000;

    /// <summary>By the plan's name; a plan that isn't listed counts as standard.</summary>
    public Dictionary<string, PlanLimits> Plans { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [StandardPlan] = new(),
        ["premium"] = new() { UserPerHour = 5_000, ConcurrentWorkflows = 25, AssetsPerHour = 200, ReportsPerDay = 100 },
    };

    /// <summary>Pages that count for nobody, with all below them, beside endpoints marked by <c>WithoutRateLimit()</c>.</summary>
    public IList<string> ExemptPaths { get; } = ["/docs", "/redoc", "/swagger", "/openapi.json", "/favicon.ico"];

    public PlanLimits Plan(string? name) =>
        name is not null && Plans.TryGetValue(name, out var plan) ? plan : Plans[StandardPlan];
}

/// <summary>What one address may do without signing in.</summary>
public sealed class AnonymousLimits
{
    [Range(1, 1_000_000)]
    public int PerMinute { get; set; } = 60;

    [Range(1, 10_000_000)]
    public int PerHour { get; set; } = 1_000;

    [Range(1, 100_000_000)]
    public int PerDay { get; set; } = 10_000;
}

/// <summary>What a plan allows.</summary>
public sealed class PlanLimits
{
    [Range(1, 10_000_000)]
    public int UserPerHour { get; set; } = 1_000;

    [Range(0, 100_000)]
    public int ConcurrentWorkflows { get; set; } = 10;

    [Range(0, 1_000_000)]
    public int AssetsPerHour { get; set; } = 50;

    [Range(0, 1_000_000)]
    public int ReportsPerDay { get; set; } = 20;
}

internal sealed class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        var faults = new List<ValidationResult>();
        foreach (var part in (object[])[options, options.Anonymous, .. options.Plans.Values])
            Validator.TryValidateObject(part, new ValidationContext(part), faults, validateAllProperties: true);
        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{RateLimitOptions.Section}: {fault.ErrorMessage}"));
    }
}
