using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm;

internal sealed partial class CrmDb(DbContextOptions<CrmDb> options, UnitOfWork work) : ModuleDb(options, work, Name)
{
    public const string Name = "crm";
}
