using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Syndication.Feeds;
using RealEstateOs.Syndication.Portals;

namespace RealEstateOs.Syndication;

internal sealed class SyndicationDb(DbContextOptions<SyndicationDb> options) : ModuleDb(options, Name)
{
    public const string Name = "syndication";

    public DbSet<Feed> Feeds => Set<Feed>();
    public DbSet<FeedItem> FeedItems => Set<FeedItem>();
    public DbSet<PortalAccount> PortalAccounts => Set<PortalAccount>();
    public DbSet<PortalListing> PortalListings => Set<PortalListing>();
}
