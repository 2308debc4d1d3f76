using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Workflows.Packages;

namespace RealEstateOs.Workflows;

internal sealed class WorkflowsDb(DbContextOptions<WorkflowsDb> options) : ModuleDb(options, Name)
{
    public const string Name = "workflows";

    public DbSet<WorkflowPackage> Packages => Set<WorkflowPackage>();
    public DbSet<StoredDefinition> Definitions => Set<StoredDefinition>();
    public DbSet<Execution> Executions => Set<Execution>();
    public DbSet<ExecutionStep> Steps => Set<ExecutionStep>();
    public DbSet<Entry> Entries => Set<Entry>();
    public DbSet<Tally> Tallies => Set<Tally>();
}
