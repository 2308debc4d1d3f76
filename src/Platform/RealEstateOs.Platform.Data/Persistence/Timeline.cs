using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Persistence;

/// <summary>What happened to a record, in the words that its page shows. Each module keeps its own in a table of its own.</summary>
public sealed class TimelineEntry<TId> : ITenantOwned, INotAudited where TId : struct, IEntityId<TId>
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public TId RecordId { get; set; }
    public string EventType { get; set; } = "";
    public string EventTitle { get; set; } = "";
    public string? EventDescription { get; set; }
    public UserId? CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>Maps a module's timeline; whose record it is stands in a column named for it: <c>lead_id</c>.</summary>
public abstract class TimelineMapping<TId> : IEntityTypeConfiguration<TimelineEntry<TId>> where TId : struct, IEntityId<TId>
{
    public void Configure(EntityTypeBuilder<TimelineEntry<TId>> builder) =>
        builder.ToTable("timeline_entries").Property(e => e.RecordId).HasColumnName(Json.SnakeCase(typeof(TId).Name));
}

/// <summary>Writes timelines.</summary>
public static class Timelines
{
    /// <summary>Notes, with the next save, what the user did or what happened.</summary>
    public static void AddTimeline<TId>(this ModuleDb db, Entity<TId> record, string type, string title, string? description)
        where TId : struct, IEntityId<TId>
    {
        var now = db.Work.Clock.Now();
        db.Append(() => new TimelineEntry<TId>
        {
            RecordId = record.Id, EventType = type, EventTitle = title, EventDescription = description,
            CreatedBy = db.Work.Tenant.User, CreatedAt = now,
        });
    }
}
