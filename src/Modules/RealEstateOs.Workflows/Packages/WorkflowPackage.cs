using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Workflows.Packages;

/// <summary>A package of an office's own.</summary>
internal sealed class WorkflowPackage : Entity<WorkflowPackageId>, ISoftDeletable
{
    public required string Name { get; set; }
    /// <summary>1, and one more with each change.</summary>
    public int PackageVersion { get; set; } = 1;
    public JsonElement Definition { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A version of a package as executions keep it.</summary>
internal sealed class StoredDefinition : ITenantOwned, INotAudited
{
    public WorkflowDefinitionId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public required string PackageName { get; set; }
    public int Version { get; set; }
    public required string Hash { get; set; }
    public JsonElement Body { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
