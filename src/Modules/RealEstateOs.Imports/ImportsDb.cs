using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Imports;

internal sealed class ImportsDb(DbContextOptions<ImportsDb> options) : ModuleDb(options, Name)
{
    public const string Name = "imports";

    public DbSet<DataImport> Imports => Set<DataImport>();
    public DbSet<ImportError> ImportErrors => Set<ImportError>();
}
