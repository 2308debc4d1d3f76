using Microsoft.EntityFrameworkCore;
using RealEstateOs.Marketing.Campaigns;
using RealEstateOs.Marketing.Nurturing;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing;

internal sealed class MarketingDb(DbContextOptions<MarketingDb> options, UnitOfWork work) : ModuleDb(options, work, Name)
{
    public const string Name = "marketing";

    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignTemplate> CampaignTemplates => Set<CampaignTemplate>();
    public DbSet<CampaignRecipient> Recipients => Set<CampaignRecipient>();
    public DbSet<Sequence> Sequences => Set<Sequence>();
    public DbSet<SequenceVersion> SequenceVersions => Set<SequenceVersion>();
    public DbSet<Enrollment> Enrollments => Set<Enrollment>();
    public DbSet<StepRun> StepRuns => Set<StepRun>();
}
