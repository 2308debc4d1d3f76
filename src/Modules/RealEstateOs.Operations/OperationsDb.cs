using Microsoft.EntityFrameworkCore;
using RealEstateOs.Operations.DeadLetters;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Operations;

internal sealed class OperationsDb(DbContextOptions<OperationsDb> options, UnitOfWork work) : ModuleDb(options, work, Name)
{
    public const string Name = "operations";

    public DbSet<JobRecord> Jobs => Set<JobRecord>();
}
