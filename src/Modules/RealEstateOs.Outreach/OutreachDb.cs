using Microsoft.EntityFrameworkCore;
using RealEstateOs.Outreach.Campaigns;
using RealEstateOs.Outreach.Nurturing;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach;

internal sealed class OutreachDb(DbContextOptions<OutreachDb> options) : ModuleDb(options, Name)
{
    public const string Name = "outreach";

    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignTemplate> CampaignTemplates => Set<CampaignTemplate>();
    public DbSet<CampaignRecipient> Recipients => Set<CampaignRecipient>();
    public DbSet<Sequence> Sequences => Set<Sequence>();
    public DbSet<SequenceVersion> SequenceVersions => Set<SequenceVersion>();
    public DbSet<Enrollment> Enrollments => Set<Enrollment>();
    public DbSet<StepRun> StepRuns => Set<StepRun>();
}
