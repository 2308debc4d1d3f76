using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// The DbContext of a module: one schema, the tenant wall, stamps, audit and outbox. Saving writes the rows, their audit
/// entries and the raised events in one transaction. Contexts are pooled: one serves a scope after the other.
/// </summary>
public abstract class ModuleDb(DbContextOptions options, string schema) : DbContext(options)
{
    private readonly List<Func<OutboxEntry>> raised = [];
    private readonly List<Func<INotAudited>> appended = [];
    private UnitOfWork? work;

    public UnitOfWork Work => work ?? throw new InvalidOperationException("The context serves no scope.");

    public string Schema => schema;

    /// <summary>Stands in the query filters; zero matches no row.</summary>
    public OrganizationId CurrentOrganization => Work.Tenant.Organization ?? default;

    /// <summary>Announces an event with the next save. It is made after the rows are written, so that new ids are known.</summary>
    public void Raise<TEvent>(Func<TEvent> happened) where TEvent : IEvent => raised.Add(() => OutboxEntry.For(happened()));

    /// <summary>
    /// Adds a row of a history with the next save: it is made after the rows are written, so that new ids are known, and written at the end
    /// of the transaction with audit rows and events, in their round trip; until then no query finds it.
    /// </summary>
    public void Append(Func<INotAudited> row) => appended.Add(row);

    /// <summary>What the next save changes of a row, in the members' names on the wire.</summary>
    public string[] ChangedMembers(object row, params string[] except) =>
        [.. Entry(row).Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name).Except(except).Select(Json.SnakeCase)];

    internal void Serve(UnitOfWork scope)
    {
        work = scope;
        raised.Clear();
        appended.Clear();
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Changes are looked for twice, not at each look at the entries: once to stamp them, and once more because of the stamps.
        Stamp();
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            Work.Saving(this);
            var changes = ChangeSet.Capture(this);
            if (!ChangeTracker.HasChanges() && raised.Count + appended.Count == 0) return 0;
            return Work.Transaction is null
                ? await WriteInTransactionAsync(changes, acceptAllChangesOnSuccess, cancellationToken)
                : await WriteAsync(changes, acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    internal void Forget()
    {
        ChangeTracker.Clear();
        raised.Clear();
        appended.Clear();
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Save asynchronously.");

    private async Task<int> WriteInTransactionAsync(ChangeSet changes, bool acceptAllChangesOnSuccess, CancellationToken ct)
    {
        await Work.BeginAsync(ct);
        try
        {
            var rows = await WriteAsync(changes, acceptAllChangesOnSuccess, ct);
            await Work.CommitAsync(ct);
            return rows;
        }
        catch
        {
            await Work.RollbackAsync();
            throw;
        }
    }

    private async Task<int> WriteAsync(ChangeSet changes, bool acceptAllChangesOnSuccess, CancellationToken ct)
    {
        var rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess, ct);
        Work.Enter(changes.ToAudit(), raised.ConvertAll(make => make()), appended.Select(make => (this, (object)make())));
        raised.Clear();
        appended.Clear();
        if (changes.Versioned.Count > 0) Work.Versions?.Track(Work, changes.Versioned);
        return rows;
    }

    private void Stamp()
    {
        var now = Work.Clock.Now();
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State == EntityState.Added) StampNew(entry.Entity);
            else if (entry.State == EntityState.Modified && entry.Entity is IStamped stamped) stamped.UpdatedAt = now;
        }
    }

    internal void StampNew(object entity)
    {
        if (entity is ITenantOwned owned && owned.OrganizationId == default) owned.OrganizationId = Work.Tenant.Required;
        if (entity is not IStamped stamped) return;
        var now = Work.Clock.Now();
        if (stamped.CreatedAt == default) stamped.CreatedAt = now;
        stamped.CreatedBy ??= Work.Tenant.User;
        stamped.UpdatedAt = now;
    }

    protected sealed override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        ModelConventions.Apply(configurationBuilder, GetType().Assembly);

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(schema);
        modelBuilder.HasDbFunction(typeof(Folding).GetMethod(nameof(Folding.Fold))!).HasSchema("platform").HasName("fold");
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Select(e => e.ClrType).ToList())
            typeof(ModuleDb).GetMethod(nameof(Guard), BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(entity)
                .Invoke(this, [modelBuilder]);
    }

    private void Guard<T>(ModelBuilder model) where T : class
    {
        var entity = model.Entity<T>();
        if (typeof(ITenantOwned).IsAssignableFrom(typeof(T)))
            entity.HasQueryFilter(Filters.Tenant,
                row => EF.Property<OrganizationId>(row, nameof(ITenantOwned.OrganizationId)) == CurrentOrganization);
        if (typeof(ISoftDeletable).IsAssignableFrom(typeof(T)))
            entity.HasQueryFilter(Filters.SoftDelete, row => EF.Property<DateTimeOffset?>(row, nameof(ISoftDeletable.DeletedAt)) == null);
        // Search vectors are PostgreSQL's own: never written, and never read back with what was.
        foreach (var vector in entity.Metadata.GetProperties().Where(p => p.ClrType == typeof(NpgsqlTsVector)))
        {
            vector.IsNullable = true;
            vector.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
            vector.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        }
        if (typeof(IVersioned).IsAssignableFrom(typeof(T)))
        {
            entity.Property(nameof(IVersioned.Version)).IsRowVersion();
            entity.Ignore(nameof(IVersioned.Reference));
        }
    }
}

/// <summary>Names of the query filters, for the few places that lift one of them.</summary>
public static class Filters
{
    public const string Tenant = "tenant", SoftDelete = "soft_delete";

    /// <summary>The deleted ones too: what may be restored, and what must follow although it is hidden.</summary>
    public static IQueryable<T> WithDeleted<T>(this IQueryable<T> records) where T : class, ISoftDeletable =>
        records.IgnoreQueryFilters([SoftDelete]);
}
