using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealEstateOs.Workflows.Packages;

/// <summary>A package as data: what it asks for and what it does, in which order.</summary>
public record PackageDefinition
{
    /// <summary>The name by which it is executed: lower-case letters, digits and _, 3 to 60.</summary>
    [MaxLength(60)] public string? Name { get; init; }
    /// <summary>What people call it, up to 120 letters.</summary>
    [MaxLength(120)] public string? DisplayName { get; init; }
    /// <summary>What it is for, up to 2,000 letters.</summary>
    [MaxLength(2000)] public string? Description { get; init; }
    /// <summary>What <c>parameters</c> may hold at execution; 40 at most.</summary>
    public PackageParameter[]? Parameters { get; init; }
    /// <summary>What <c>customizations</c> may hold at execution, 40 at most; none of them is required.</summary>
    public PackageParameter[]? Customizations { get; init; }
    /// <summary>What it makes, in words; 30 at most.</summary>
    [MaxLength(200)] public string[]? Deliverables { get; init; }
    /// <summary>1 to 50.</summary>
    public PackageStep[]? Steps { get; init; }
}

public enum ParameterType { Text, Number, Integer, Boolean, Date, Property, Lead, Client, User }

/// <summary>Something that whoever executes a package says.</summary>
public sealed record PackageParameter
{
    /// <summary>The name under which it is given and referred to.</summary>
    [MaxLength(60)] public string? Name { get; init; }
    /// <summary>property, lead, client and user take ids of records that the user may see.</summary>
    public ParameterType? Type { get; init; }
    /// <summary>Without it the package does not start.</summary>
    public bool? Required { get; init; }
    /// <summary>What it is for, up to 500 letters.</summary>
    [MaxLength(500)] public string? Description { get; init; }
    /// <summary>The words that are allowed, of a text.</summary>
    [MaxLength(200)] public string[]? Choices { get; init; }
    /// <summary>Of a number.</summary>
    public decimal? Minimum { get; init; }
    /// <summary>Taken where nothing is given.</summary>
    public JsonElement? Default { get; init; }

    [JsonIgnore] internal bool IsRequired => Required == true;
}

/// <summary>A step of a package.</summary>
public sealed record PackageStep
{
    /// <summary>Unique in the package.</summary>
    [MaxLength(60)] public string? Name { get; init; }
    /// <summary>The kind of step, see <c>GET /workflows/steps</c>; its name by default.</summary>
    [MaxLength(60)] public string? Kind { get; init; }
    /// <summary>Names of steps that must be done, skipped, or, where optional, failed before.</summary>
    [MaxLength(60)] public string[]? DependsOn { get; init; }
    /// <summary>
    /// The step's inputs by name: a value, or a reference as a text: <c>$parameters.property_id</c>, <c>$customizations.x</c>,
    /// <c>$steps.NAME.MEMBER</c> of a step before it, <c>$execution.id</c>. A reference to what is not there leaves the input out.
    /// </summary>
    public Dictionary<string, JsonElement>? Inputs { get; init; }
    /// <summary>A reference: the step is skipped unless it holds something true.</summary>
    [MaxLength(200)] public string? If { get; init; }
    /// <summary>A reference: the step is skipped if it holds something true.</summary>
    [MaxLength(200)] public string? Unless { get; init; }
    /// <summary>Its failure does not fail the package.</summary>
    public bool? Optional { get; init; }
    /// <summary>How long it should take before this installation has measured it; 1 by default.</summary>
    public double? EstimatedMinutes { get; init; }
    /// <summary>How long one attempt may take, 1 to 60; 10 by default. What a step waits for has its own deadline.</summary>
    public int? TimeoutMinutes { get; init; }
    /// <summary>1 to 10; 3 by default.</summary>
    public int? Attempts { get; init; }
    /// <summary>Before the second attempt, 0 to 3600; it doubles with each further one. 5 by default.</summary>
    public int? RetryDelaySeconds { get; init; }

    [JsonIgnore] internal string KindName => Kind ?? Name!;
    [JsonIgnore] internal TimeSpan Estimate => TimeSpan.FromMinutes(EstimatedMinutes ?? 1);
    [JsonIgnore] internal TimeSpan Timeout => TimeSpan.FromMinutes(TimeoutMinutes ?? 10);
    [JsonIgnore] internal int MostAttempts => Attempts ?? 3;

    internal TimeSpan RetryDelay(int failures) => TimeSpan.FromSeconds((RetryDelaySeconds ?? 5) * Math.Pow(2, Math.Min(failures - 1, 8)));
}
