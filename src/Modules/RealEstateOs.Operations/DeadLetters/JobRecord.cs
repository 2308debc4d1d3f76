using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Operations.DeadLetters;

/// <summary>The platform's job table, to be read here; writing it is the platform's.</summary>
internal sealed class JobRecord : ITenantOwned, INotAudited
{
    public JobId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public string Kind { get; set; } = "";
    public string Queue { get; set; } = "";
    public string Input { get; set; } = "{}";
    public JobState State { get; set; }
    public int Progress { get; set; }
    public string? Step { get; set; }
    public string? Error { get; set; }
    public string? Fault { get; set; }
    public int Attempts { get; set; }
    public string? Resource { get; set; }
    public UserId? CreatedBy { get; set; }
    public DateTimeOffset RunAt { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}

internal sealed class JobRecordMapping : IEntityTypeConfiguration<JobRecord>
{
    public void Configure(EntityTypeBuilder<JobRecord> builder)
    {
        builder.ToView("jobs", "platform");
        builder.HasKey(j => j.Id);
        builder.Property(j => j.Input).HasColumnType("jsonb");
    }
}
