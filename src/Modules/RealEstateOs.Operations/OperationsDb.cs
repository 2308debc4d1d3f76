using Microsoft.EntityFrameworkCore;
using RealEstateOs.Operations.DeadLetters;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Operations;

internal sealed class OperationsDb(DbContextOptions<OperationsDb> options) : ModuleDb(options, Name)
{
    public const string Name = "operations";

    public DbSet<JobRecord> Jobs => Set<JobRecord>();
}
