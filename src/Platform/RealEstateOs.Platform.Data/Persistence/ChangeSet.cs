using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Persistence;

/// <summary>What a save is about to change, with the values before and after; ids of new rows are read once they are known.</summary>
internal sealed class ChangeSet
{
    private static readonly HashSet<string> Unremarkable = [nameof(IStamped.UpdatedAt), nameof(IVersioned.Version),
        nameof(ITenantOwned.OrganizationId)];

    private static readonly ConcurrentDictionary<IProperty, Audited?> Members = new();

    private readonly List<(EntityEntry Entry, string Action, Dictionary<string, object?[]> Changes)> rows = [];

    /// <summary>Changed rows with a version, and whether they can still be read afterwards.</summary>
    public List<(IVersioned Row, bool Remains)> Versioned { get; } = [];

    public static ChangeSet Capture(ModuleDb db)
    {
        var set = new ChangeSet();
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            if (entry.Entity is IVersioned versioned && entry.State != EntityState.Added)
                set.Versioned.Add((versioned,
                    entry.State == EntityState.Modified && entry.Entity is not ISoftDeletable { DeletedAt: not null }));
            if (entry.Entity is ITenantOwned and not INotAudited) set.rows.Add((entry, ActionOf(entry), ChangesOf(entry)));
        }
        return set;
    }

    public List<AuditEntry> ToAudit() =>
        rows.ConvertAll(row => new AuditEntry(row.Action, ResourceOf(row.Entry), IdOf(row.Entry),
            JsonSerializer.Serialize(row.Changes, Json.Options)));

    private static string ActionOf(EntityEntry entry)
    {
        if (entry.State == EntityState.Added) return "created";
        if (entry.State == EntityState.Deleted) return "deleted";
        if (entry.Entity is not ISoftDeletable { DeletedAt: var deleted }) return "updated";
        var before = (DateTimeOffset?)entry.OriginalValues[nameof(ISoftDeletable.DeletedAt)];
        return (before, deleted) switch { (null, not null) => "deleted", (not null, null) => "restored", _ => "updated" };
    }

    private static Dictionary<string, object?[]> ChangesOf(EntityEntry entry)
    {
        var changes = new Dictionary<string, object?[]>();
        foreach (var property in entry.Properties)
        {
            if (AuditedAs(property.Metadata) is not { } member) continue;
            if (entry.State == EntityState.Modified && !property.IsModified) continue;
            var before = entry.State == EntityState.Added ? null : property.OriginalValue;
            var after = entry.State == EntityState.Deleted ? null : property.CurrentValue;
            if (entry.State != EntityState.Modified && (before ?? after) is null) continue;
            changes[member.Name] = member.IsSecret ? ["***", "***"] : [before, after];
        }
        return changes;
    }

    // Asked for each member of each saved row, answered by reflection once.
    private static Audited? AuditedAs(IProperty property) => Members.GetOrAdd(property, static p =>
        !p.IsPrimaryKey() && !Unremarkable.Contains(p.Name) && p.PropertyInfo is { } member && JsonCanSay(member.PropertyType)
            ? new Audited(Json.SnakeCase(p.Name), member.GetCustomAttribute<SecretAttribute>() is not null) : null);

    private sealed record Audited(string Name, bool IsSecret);

    internal static bool IsRemarkable(string member) => !Unremarkable.Contains(member);

    internal static bool JsonCanSay(Type type) =>
        type.Namespace?.StartsWith("NpgsqlTypes", StringComparison.Ordinal) != true && type != typeof(byte[]);

    private static string ResourceOf(EntityEntry entry) => Json.SnakeCase(entry.Metadata.ClrType.Name);

    private static long? IdOf(EntityEntry entry) =>
        entry.Metadata.FindPrimaryKey()?.Properties is [var key] && key.GetValueConverter() is { } converter
            ? converter.ConvertToProvider(entry.Property(key.Name).CurrentValue) as long?
            : null;
}

/// <summary>One row of the audit log.</summary>
internal sealed record AuditEntry(string Action, string Resource, long? ResourceId, string Changes);
