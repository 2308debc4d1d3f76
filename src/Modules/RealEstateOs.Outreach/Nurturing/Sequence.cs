using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>Steps that leads go through one after another, each lead at its own pace.</summary>
internal sealed class Sequence : Entity<SequenceId>, ISoftDeletable, IOwned<Sequence>
{
    /// <summary>Nobody is nurtured any more who has these.</summary>
    public static readonly LeadStatus[] DefaultExits = [LeadStatus.Converted, LeadStatus.Lost, LeadStatus.Unqualified];

    public string Name { get; set; } = "";
    public string? Description { get; set; }
    public SequenceStatus Status { get; set; } = SequenceStatus.Active;
    public SequenceTrigger? Trigger { get; set; }
    public JsonElement? TriggerFilters { get; set; }
    public bool ExitOnReply { get; set; } = true;
    public string[] ExitOnStatus { get; set; } = [.. DefaultExits.Select(Vocabulary.Word)];
    public SequenceStep[] Steps { get; private set; } = [];
    public int StepsVersion { get; private set; }
    public DateTimeOffset? DeletedAt { get; set; }

    public static Expression<Func<Sequence, bool>> IsOwnedBy(UserId user) => s => s.CreatedBy == user;

    [NotMapped] public LeadWish TriggerWish => TriggerFilters?.Deserialize<LeadWish>(Json.Options) ?? new LeadWish();

    public bool ExitsAt(LeadStatus status) => ExitOnStatus.Contains(Vocabulary.Word(status));

    /// <summary>
    /// Who is on the way keeps the steps that they began with; a new version is for those who come from now on. Null where nothing changed.
    /// </summary>
    public SequenceVersion? Write(SequenceStep[] steps)
    {
        if (StepsJson.Write(steps) == StepsJson.Write(Steps)) return null;
        (Steps, StepsVersion) = (steps, StepsVersion + 1);
        return new SequenceVersion { SequenceId = Id, Version = StepsVersion, Steps = steps };
    }
}

/// <summary>The steps as they were at a time; they never change.</summary>
[PrimaryKey(nameof(SequenceId), nameof(Version))]
internal sealed class SequenceVersion : ITenantOwned, INotAudited
{
    public SequenceId SequenceId { get; set; }
    public int Version { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public SequenceStep[] Steps { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class SequenceMappings : IEntityTypeConfiguration<Sequence>, IEntityTypeConfiguration<SequenceVersion>
{
    public void Configure(EntityTypeBuilder<Sequence> sequence) => StepsJson.Map(sequence.Property(s => s.Steps));

    public void Configure(EntityTypeBuilder<SequenceVersion> version) => StepsJson.Map(version.Property(v => v.Steps));
}

internal static class StepsJson
{
    public static string Write(SequenceStep[] steps) => JsonSerializer.Serialize(steps, Json.Options);

    public static void Map(PropertyBuilder<SequenceStep[]> property) => property.HasColumnType("jsonb").HasConversion(
        steps => Write(steps), json => JsonSerializer.Deserialize<SequenceStep[]>(json, Json.Options) ?? Array.Empty<SequenceStep>(),
        new ValueComparer<SequenceStep[]>((a, b) => Write(a!) == Write(b!), steps => steps.Length, steps => steps.ToArray()));
}
