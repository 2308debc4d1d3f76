using Microsoft.EntityFrameworkCore;
using RealEstateOs.Analytics.Goals;
using RealEstateOs.Analytics.Reports;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics;

internal sealed class AnalyticsDb(DbContextOptions<AnalyticsDb> options) : ModuleDb(options, Name)
{
    public const string Name = "analytics";

    public DbSet<Goal> Goals => Set<Goal>();
    public DbSet<FigureReport> Reports => Set<FigureReport>();
}
