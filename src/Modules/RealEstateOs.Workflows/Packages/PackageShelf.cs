using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Workflows.Packages;

/// <summary>Finds packages by name, those of the product and those of the office, and the versions that executions keep.</summary>
internal sealed class PackageShelf(WorkflowsDb db, DefinitionCache cache, TimeProvider clock)
{
    /// <summary>The package with its present version; refuses with WF_001 what there is not.</summary>
    public async Task<(PackageDefinition Definition, int Version)> RequireAsync(string name, CancellationToken ct)
    {
        if (BuiltInPackages.Find(name) is { } builtIn) return (builtIn, 1);
        var own = await db.Packages.AsNoTracking().Where(p => p.Name == name).Select(p => new { p.Definition, p.PackageVersion })
            .FirstOrDefaultAsync(ct);
        return own is null ? throw NotFound(name) : (own.Definition.Deserialize<PackageDefinition>(Json.Options)!, own.PackageVersion);
    }

    public static Problem NotFound(string name) =>
        new(404, ErrorCodes.PackageNotFound, "ResourceNotFoundError",
            $"There is no workflow package '{name}'. GET /api/v1/workflows/packages lists them.");

    /// <summary>The row of exactly this version, written where this is its first execution.</summary>
    public async Task<WorkflowDefinitionId> KeepAsync(PackageDefinition definition, int version, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(definition, Json.Options);
        var (hash, organization) = (Convert.ToHexStringLower(SHA256.HashData(body)), db.Work.Tenant.Required);
        var key = (organization.Value, definition.Name!, hash);
        if (cache.Known(key) is { } known) return known;
        var (text, now, name) = (System.Text.Encoding.UTF8.GetString(body), clock.Now(), definition.Name!);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into workflows.definitions (organization_id, package_name, version, hash, body, created_at)
             values ({organization.Value}, {name}, {version}, {hash}, {text}::jsonb, {now}) on conflict do nothing
             """, ct);
        var id = await db.Definitions.AsNoTracking().Where(d => d.PackageName == name && d.Hash == hash).Select(d => d.Id).FirstAsync(ct);
        db.Work.AfterCommit(_ =>
        {
            cache.Learn(key, id);
            return Task.CompletedTask;
        });
        return id;
    }

    public async Task<PackageDefinition> OfAsync(WorkflowDefinitionId id, CancellationToken ct)
    {
        var organization = db.Work.Tenant.Required;
        if (cache.Find(organization, id) is { } known) return known;
        var body = await db.Definitions.AsNoTracking().Where(d => d.Id == id).Select(d => d.Body).FirstAsync(ct);
        return cache.Keep(organization, id, body.Deserialize<PackageDefinition>(Json.Options)!);
    }
}

/// <summary>Versions never change, so a host reads each once; emptied when there are many.</summary>
internal sealed class DefinitionCache
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<(long Organization, long Id), PackageDefinition> byId = new();
    private readonly ConcurrentDictionary<(long Organization, string Name, string Hash), WorkflowDefinitionId> byHash = new();

    public PackageDefinition? Find(Contracts.Auth.OrganizationId organization, WorkflowDefinitionId id) =>
        byId.GetValueOrDefault((organization.Value, id.Value));

    public PackageDefinition Keep(Contracts.Auth.OrganizationId organization, WorkflowDefinitionId id, PackageDefinition definition)
    {
        if (byId.Count >= Most) byId.Clear();
        return byId[(organization.Value, id.Value)] = definition;
    }

    public WorkflowDefinitionId? Known((long, string, string) key) => byHash.TryGetValue(key, out var id) ? id : null;

    public void Learn((long, string, string) key, WorkflowDefinitionId id)
    {
        if (byHash.Count >= Most) byHash.Clear();
        byHash[key] = id;
    }
}
