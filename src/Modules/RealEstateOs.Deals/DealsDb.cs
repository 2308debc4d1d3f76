using Microsoft.EntityFrameworkCore;
using RealEstateOs.Deals.Checklists;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Deals.Fees;
using RealEstateOs.Deals.Invoices;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Deals.Portfolios;
using RealEstateOs.Deals.Settings;
using RealEstateOs.Deals.Transactions;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals;

internal sealed class DealsDb(DbContextOptions<DealsDb> options) : ModuleDb(options, Name)
{
    public const string Name = "deals";

    public DbSet<Deal> Deals => Set<Deal>();
    public DbSet<DealSplit> Splits => Set<DealSplit>();
    public DbSet<Invoice> Invoices => Set<Invoice>();
    public DbSet<DealMove> Moves => Set<DealMove>();
    public DbSet<DealSettings> Settings => Set<DealSettings>();
    public DbSet<DealTransaction> Transactions => Set<DealTransaction>();
    public DbSet<TransactionChange> TransactionHistory => Set<TransactionChange>();
    public DbSet<Portfolio> Portfolios => Set<Portfolio>();
    public DbSet<PortfolioProperty> PortfolioProperties => Set<PortfolioProperty>();
    public DbSet<Reconciliation> Reconciliations => Set<Reconciliation>();
    public DbSet<ChecklistTemplate> ChecklistTemplates => Set<ChecklistTemplate>();
    public DbSet<ChecklistItem> ChecklistItems => Set<ChecklistItem>();
    public DbSet<FeeSchedule> FeeSchedules => Set<FeeSchedule>();
}
