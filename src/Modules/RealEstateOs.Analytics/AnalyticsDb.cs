using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics;

internal sealed class AnalyticsDb(DbContextOptions<AnalyticsDb> options) : ModuleDb(options, Name)
{
    public const string Name = "analytics";
}
