using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Audit;

internal sealed class AuditLog : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public UserId? UserId { get; set; }
    public string Action { get; set; } = "";
    public string ResourceType { get; set; } = "";
    public long? ResourceId { get; set; }
    public JsonElement Changes { get; set; }
    public string? IpAddress { get; set; }
    public string? UserAgent { get; set; }
    public string? RequestId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>Reads the audit log; it is written by <see cref="Ledger"/>.</summary>
internal sealed class AuditDb(DbContextOptions<AuditDb> options) : ModuleDb(options, "platform")
{
    public DbSet<AuditLog> AuditLogs => Set<AuditLog>();
}
