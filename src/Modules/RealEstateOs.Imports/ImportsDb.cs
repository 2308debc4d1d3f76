using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Imports;

internal sealed class ImportsDb(DbContextOptions<ImportsDb> options, UnitOfWork work) : ModuleDb(options, work, Name)
{
    public const string Name = "imports";

    public DbSet<DataImport> Imports => Set<DataImport>();
    public DbSet<ImportError> ImportErrors => Set<ImportError>();
}
