using Microsoft.EntityFrameworkCore;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Deals.Settings;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals;

internal sealed class DealsDb(DbContextOptions<DealsDb> options, UnitOfWork work) : ModuleDb(options, work, Name)
{
    public const string Name = "deals";

    public DbSet<Deal> Deals => Set<Deal>();
    public DbSet<DealSplit> Splits => Set<DealSplit>();
    public DbSet<DealMove> Moves => Set<DealMove>();
    public DbSet<DealSettings> Settings => Set<DealSettings>();
}
