using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Crm.Agenda;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm;

internal sealed class CrmDb(DbContextOptions<CrmDb> options) : ModuleDb(options, Name)
{
    public const string Name = "crm";

    public DbSet<Client> Clients => Set<Client>();
    public DbSet<ClientProperty> Properties => Set<ClientProperty>();
    public DbSet<ClientActivity> Activities => Set<ClientActivity>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();
    public DbSet<TimelineEntry<ClientId>> Timeline => Set<TimelineEntry<ClientId>>();
}
