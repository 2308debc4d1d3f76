using Microsoft.EntityFrameworkCore;
using RealEstateOs.Operations.DeadLetters;
using RealEstateOs.Operations.Imports;
using RealEstateOs.Operations.Webhooks.Deliveries;
using RealEstateOs.Operations.Webhooks.Endpoints;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Operations;

internal sealed class OperationsDb(DbContextOptions<OperationsDb> options) : ModuleDb(options, Name)
{
    public const string Name = "operations";

    public DbSet<JobRecord> Jobs => Set<JobRecord>();
    public DbSet<DataImport> Imports => Set<DataImport>();
    public DbSet<ImportError> ImportErrors => Set<ImportError>();
    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
}
