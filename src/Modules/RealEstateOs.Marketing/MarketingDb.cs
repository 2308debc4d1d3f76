using Microsoft.EntityFrameworkCore;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Approvals;
using RealEstateOs.Marketing.Assets;
using RealEstateOs.Marketing.Campaigns;
using RealEstateOs.Marketing.LandingPages;
using RealEstateOs.Marketing.Templates;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing;

internal sealed class MarketingDb(DbContextOptions<MarketingDb> options) : ModuleDb(options, Name)
{
    public const string Name = "marketing";

    public DbSet<MarketingCampaign> Campaigns => Set<MarketingCampaign>();
    public DbSet<Expense> Expenses => Set<Expense>();
    public DbSet<Distribution> Distributions => Set<Distribution>();
    public DbSet<MarketingAsset> Assets => Set<MarketingAsset>();
    public DbSet<Generation> Generations => Set<Generation>();
    public DbSet<Approval> Approvals => Set<Approval>();
    public DbSet<Advert> Adverts => Set<Advert>();
    public DbSet<AgentProfile> Agents => Set<AgentProfile>();
    public DbSet<MarketingSettings> Settings => Set<MarketingSettings>();
    public DbSet<LandingPage> LandingPages => Set<LandingPage>();
    public DbSet<LandingDay> LandingDays => Set<LandingDay>();
    public DbSet<Enquiry> Enquiries => Set<Enquiry>();
    public DbSet<OwnTemplate> Templates => Set<OwnTemplate>();
}
