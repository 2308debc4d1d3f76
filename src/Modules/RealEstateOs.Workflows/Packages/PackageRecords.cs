using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Workflows.Packages;

/// <example>
/// {"name": "price_review", "display_name": "Price review", "parameters": [{"name": "property_id", "type": "property", "required": true}],
/// "steps": [{"name": "value", "kind": "property_analysis", "inputs": {"property_id": "$parameters.property_id"}},
/// {"name": "look_at_it", "kind": "approval", "depends_on": ["value"], "inputs": {"question": "Is the price right?"}}]}
/// </example>
public sealed record WritePackageRequest : PackageDefinition, IRequestBody<WritePackageRequest>;

/// <summary>A package with its definition.</summary>
public sealed record PackageResponse
{
    /// <summary>The name by which it is executed.</summary>
    public required string PackageName { get; init; }
    /// <summary>Counts the changes of an own package; 1 for a built-in one.</summary>
    public required int Version { get; init; }
    /// <summary>Comes with the product and can't be changed; an own package may start as a copy of it.</summary>
    public required bool IsBuiltIn { get; init; }
    public required PackageDefinition Definition { get; init; }
}

/// <summary>A picture of a package's steps.</summary>
/// <param name="Mermaid">A flowchart in Mermaid's notation.</param>
/// <param name="PackageName">Name of the package.</param>
/// <param name="Version">Grows with each change of the package.</param>
public sealed record DiagramResponse(string PackageName, int Version, string Mermaid);

internal static class PackageRecords
{
    /// <summary>One package with its steps: the product's, or the office's own.</summary>
    /// <param name="name">The package's name.</param>
    public static async Task<Ok<PackageResponse>> Get(string name, PackageShelf shelf, CancellationToken ct)
    {
        var (definition, version) = await shelf.RequireAsync(name, ct);
        return TypedResults.Ok(Of(definition, version));
    }

    /// <summary>Adds a package of the office's own. What could never run is refused with everything that is wrong (WF_002).</summary>
    public static async Task<Created<PackageResponse>> Create(WritePackageRequest request, DefinitionCheck check, WorkflowsDb db,
        CancellationToken ct)
    {
        check.Require(request);
        if (await db.Packages.AnyAsync(p => p.Name == request.Name, ct))
            throw Problem.AlreadyExists($"There is a package '{request.Name}' already.");
        db.Add(new WorkflowPackage { Name = request.Name!, Definition = ToJson(request) });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"{ApiGroup.Root}/workflows/packages/{request.Name}", Of(request, 1));
    }

    /// <summary>
    /// Replaces a package of the office's own by a new version. Executions that began keep the version that they began with.
    /// </summary>
    /// <param name="name">The package's name.</param>
    public static async Task<Ok<PackageResponse>> Update(string name, WritePackageRequest request, DefinitionCheck check, WorkflowsDb db,
        CancellationToken ct)
    {
        var package = await RequireOwnAsync(name, db, ct);
        var definition = request.Name is null ? request with { Name = name } : request;
        check.Require(definition);
        if (definition.Name != name && await db.Packages.AnyAsync(p => p.Name == definition.Name, ct))
            throw Problem.AlreadyExists($"There is a package '{definition.Name}' already.");
        (package.Name, package.Definition, package.PackageVersion) = (definition.Name!, ToJson(definition), package.PackageVersion + 1);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Of(definition, package.PackageVersion));
    }

    /// <summary>Deletes a package of the office's own. Its executions go on.</summary>
    /// <param name="name">The package's name.</param>
    public static async Task<NoContent> Delete(string name, WorkflowsDb db, TimeProvider clock, CancellationToken ct)
    {
        (await RequireOwnAsync(name, db, ct)).DeletedAt = clock.Now();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>The package's steps and their order as a Mermaid flowchart.</summary>
    /// <param name="name">The package's name.</param>
    public static async Task<Ok<DiagramResponse>> Diagram(string name, PackageShelf shelf, WorkflowSteps kinds, CancellationToken ct)
    {
        var (definition, version) = await shelf.RequireAsync(name, ct);
        var lines = new List<string> { "flowchart TD" };
        foreach (var step in definition.Steps!)
        {
            var title = (kinds.Find(step.KindName)?.Title ?? step.KindName).Replace("\"", "'", StringComparison.Ordinal);
            lines.Add(step.Optional == true ? $"    {step.Name}([\"{title}\"])" : $"    {step.Name}[\"{title}\"]");
        }
        foreach (var step in definition.Steps!)
            foreach (var before in step.DependsOn ?? []) lines.Add($"    {before} --> {step.Name}");
        return TypedResults.Ok(new DiagramResponse(definition.Name!, version, string.Join('\n', lines)));
    }

    private static async Task<WorkflowPackage> RequireOwnAsync(string name, WorkflowsDb db, CancellationToken ct)
    {
        if (BuiltInPackages.Find(name) is not null)
            throw Problem.Conflict($"'{name}' comes with the product. Add a package of your own with its steps and change that.");
        return await db.Packages.FirstOrDefaultAsync(p => p.Name == name, ct) ?? throw PackageShelf.NotFound(name);
    }

    private static PackageResponse Of(PackageDefinition definition, int version) => new()
    {
        PackageName = definition.Name!, Version = version, IsBuiltIn = BuiltInPackages.Find(definition.Name!) is not null,
        Definition = definition,
    };

    private static JsonElement ToJson(PackageDefinition definition) =>
        JsonSerializer.SerializeToElement(definition, typeof(PackageDefinition), Json.Options);
}
