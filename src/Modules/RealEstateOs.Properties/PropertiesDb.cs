using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Activities;
using RealEstateOs.Properties.Listings;
using RealEstateOs.Properties.Media;
using RealEstateOs.Properties.Notes;
using RealEstateOs.Properties.Valuations;

namespace RealEstateOs.Properties;

internal sealed class PropertiesDb(DbContextOptions<PropertiesDb> options) : ModuleDb(options, Name)
{
    public const string Name = "properties";

    public DbSet<Property> Properties => Set<Property>();
    public DbSet<StageMove> StageMoves => Set<StageMove>();
    public DbSet<TimelineEntry<PropertyId>> Timeline => Set<TimelineEntry<PropertyId>>();
    public DbSet<Valuation> Valuations => Set<Valuation>();
    public DbSet<PropertyImage> Images => Set<PropertyImage>();
    public DbSet<PropertyNote> Notes => Set<PropertyNote>();
    public DbSet<PropertyActivity> Activities => Set<PropertyActivity>();
}
