using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Workflows.Packages;

/// <summary>A package as it is offered.</summary>
public sealed record PackageOffer
{
    /// <summary>The name by which it is executed.</summary>
    public required string PackageName { get; init; }
    /// <summary>What people call it.</summary>
    public required string? DisplayName { get; init; }
    /// <summary>What it is for.</summary>
    public required string? Description { get; init; }
    /// <summary>Along the longest chain of steps that wait for each other, such as <c>45 minutes</c>.</summary>
    public required string EstimatedDuration { get; init; }
    /// <summary>
    /// <c>history</c> where this installation has measured every step, <c>mixed</c>, or <c>default</c> before it has any.
    /// </summary>
    public required string EstimateBasis { get; init; }
    /// <summary>With those that conditions may leave out.</summary>
    public required int StepsCount { get; init; }
    /// <summary>Names of the parameters without which it does not start.</summary>
    public required IReadOnlyList<string> RequiredParameters { get; init; }
    /// <summary>Names of the other parameters.</summary>
    public required IReadOnlyList<string> OptionalParameters { get; init; }
    /// <summary>Names of what can be set otherwise; none is required.</summary>
    public required IReadOnlyList<string> Customizations { get; init; }
    /// <summary>Kinds of what it makes.</summary>
    public required IReadOnlyList<string> Deliverables { get; init; }
    /// <summary>It comes with the product.</summary>
    public required bool IsBuiltIn { get; init; }
    /// <summary>Counts the changes of an own package.</summary>
    public required int Version { get; init; }
}

/// <param name="WorkflowPackages">Built-in ones and the organization's own.</param>
public sealed record PackagesResponse(IReadOnlyList<PackageOffer> WorkflowPackages);

/// <summary>A kind of step that packages may use.</summary>
/// <param name="Kind">What a package calls it by.</param>
/// <param name="Permission">What who starts the package needs.</param>
/// <param name="CanBeUndone">Cancelling may take back what it did.</param>
/// <param name="Title">The kind of step for people.</param>
/// <param name="Description">What it does.</param>
/// <param name="Inputs">What a package gives it.</param>
public sealed record StepKindResponse(string Kind, string Title, string Description, string Permission, bool CanBeUndone,
    IReadOnlyList<StepInputResponse> Inputs);

/// <param name="Name">Name of the input.</param>
/// <param name="Type">What it must be, such as string or number.</param>
/// <param name="Required">A package must give it.</param>
public sealed record StepInputResponse(string Name, string Type, bool Required);

/// <param name="Steps">All kinds that packages may use.</param>
public sealed record StepKindsResponse(IReadOnlyList<StepKindResponse> Steps);

internal static class ListPackages
{
    /// <summary>The packages that can be executed. The product's and the office's own, with what they need and make.</summary>
    public static async Task<Ok<PackagesResponse>> Handle(WorkflowsDb db, StepDurations durations, CancellationToken ct)
    {
        var own = await db.Packages.AsNoTracking().OrderBy(p => p.Id).Select(p => new { p.Definition, p.PackageVersion }).ToListAsync(ct);
        var all = BuiltInPackages.All.Select(p => (Definition: p, Version: 1))
            .Concat(own.Select(o => (Definition: o.Definition.Deserialize<PackageDefinition>(Json.Options)!, Version: o.PackageVersion)));
        var known = await durations.KnownAsync(ct);
        return TypedResults.Ok(new PackagesResponse([.. all.Select(p => Of(p.Definition, p.Version, known))]));
    }

    /// <summary>The kinds of steps that packages may use, with their inputs.</summary>
    public static Ok<StepKindsResponse> Steps(WorkflowSteps kinds) =>
        TypedResults.Ok(new StepKindsResponse([.. kinds.All.OrderBy(k => k.Name, StringComparer.Ordinal).Select(k =>
            new StepKindResponse(k.Name, k.Title, k.Description, k.Permission, k.IsUndoable,
                [.. k.Inputs.Select(i => new StepInputResponse(i.Name, TypeOf(i.Type), i.IsRequired))]))]));

    private static PackageOffer Of(PackageDefinition package, int version, IReadOnlyDictionary<string, TimeSpan> known)
    {
        var estimate = Estimate.Of(package, _ => true, known);
        return new()
        {
            PackageName = package.Name!, DisplayName = package.DisplayName, Description = package.Description,
            StepsCount = package.Steps!.Length,
            EstimatedDuration = Durations.Words(estimate.Takes), EstimateBasis = estimate.Basis,
            RequiredParameters = [.. (package.Parameters ?? []).Where(p => p.IsRequired).Select(p => p.Name!)],
            OptionalParameters = [.. (package.Parameters ?? []).Where(p => !p.IsRequired).Select(p => p.Name!)],
            Customizations = [.. (package.Customizations ?? []).Select(p => p.Name!)],
            Deliverables = package.Deliverables ?? [], IsBuiltIn = BuiltInPackages.Find(package.Name!) is not null, Version = version,
        };
    }

    private static string TypeOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) ? "text"
            : plain == typeof(bool) ? "boolean" : plain.IsPrimitive || plain == typeof(decimal) ? "number" : Json.SnakeCase(plain.Name);
    }
}
