using Microsoft.EntityFrameworkCore;
using RealEstateOs.Integrations.Deliveries;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations;

internal sealed class IntegrationsDb(DbContextOptions<IntegrationsDb> options) : ModuleDb(options, Name)
{
    public const string Name = "integrations";

    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
}
