using Microsoft.EntityFrameworkCore;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Reports;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Cma;

/// <summary>
/// What organizations have of their own here; the markets' reference data is read and written by <see cref="Market.MarketStore"/>.
/// </summary>
internal sealed class CmaDb(DbContextOptions<CmaDb> options) : ModuleDb(options, Name)
{
    public const string Name = "cma";

    public DbSet<AskedValuation> AskedValuations => Set<AskedValuation>();
    public DbSet<CmaReport> Reports => Set<CmaReport>();
}
