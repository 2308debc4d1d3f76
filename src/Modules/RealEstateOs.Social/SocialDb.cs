using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Social.Analytics;
using RealEstateOs.Social.Networks;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social;

internal sealed class SocialDb(DbContextOptions<SocialDb> options) : ModuleDb(options, Name)
{
    public const string Name = "social";

    public DbSet<SocialCampaign> Campaigns => Set<SocialCampaign>();
    public DbSet<Post> Posts => Set<Post>();
    public DbSet<SocialAccount> Accounts => Set<SocialAccount>();
    public DbSet<NetworkCall> Calls => Set<NetworkCall>();
    public DbSet<Insight> Insights => Set<Insight>();
    public DbSet<LinkDay> LinkDays => Set<LinkDay>();
    public DbSet<PostLead> PostLeads => Set<PostLead>();
}
