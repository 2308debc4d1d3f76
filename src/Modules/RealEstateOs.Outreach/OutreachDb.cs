using Microsoft.EntityFrameworkCore;
using RealEstateOs.Outreach.Campaigns;
using RealEstateOs.Outreach.Communications;
using RealEstateOs.Outreach.Nurturing;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach;

internal sealed class OutreachDb(DbContextOptions<OutreachDb> options) : ModuleDb(options, Name)
{
    public const string Name = "outreach";

    public DbSet<Communication> Communications => Set<Communication>();
    public DbSet<CommunicationTemplate> CommunicationTemplates => Set<CommunicationTemplate>();
    public DbSet<Suppression> Suppressions => Set<Suppression>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignTemplate> CampaignTemplates => Set<CampaignTemplate>();
    public DbSet<CampaignRecipient> CampaignRecipients => Set<CampaignRecipient>();
    public DbSet<Sequence> Sequences => Set<Sequence>();
    public DbSet<SequenceVersion> SequenceVersions => Set<SequenceVersion>();
    public DbSet<Enrollment> Enrollments => Set<Enrollment>();
    public DbSet<StepRun> StepRuns => Set<StepRun>();
}
