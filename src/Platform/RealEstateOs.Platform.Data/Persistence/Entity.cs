using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Platform.Persistence;

/// <summary>A row of one tenant. Both walls stand on it: EF's filter and PostgreSQL's row-level security.</summary>
public interface ITenantOwned
{
    OrganizationId OrganizationId { get; set; }
}

/// <summary>Deleted means hidden; restorable for 30 days, then purged.</summary>
public interface ISoftDeletable
{
    DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A row whose version (PostgreSQL's xmin) guards against lost updates and makes its ETag.</summary>
public interface IVersioned
{
    uint Version { get; }

    string Reference { get; }
}

/// <summary>A row whose changes are not audited, because it is a record of events itself.</summary>
public interface INotAudited;

/// <summary>A member that never appears in the audit log.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>What every resource has. <see cref="ModuleDb"/> stamps tenant, author and times when it saves.</summary>
public abstract class Entity<TId> : ITenantOwned, IVersioned, IStamped where TId : struct, IEntityId<TId>
{
    public TId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public UserId? CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public uint Version { get; private set; }
    public string Reference => Id.Reference();
}

/// <summary>Times and author are stamped on saving.</summary>
public interface IStamped
{
    UserId? CreatedBy { get; set; }
    DateTimeOffset CreatedAt { get; set; }
    DateTimeOffset UpdatedAt { get; set; }
}

public static class Clock
{
    /// <summary>Now, in the precision that PostgreSQL keeps, so that a created row reads back as it was answered.</summary>
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
