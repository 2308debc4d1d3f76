using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// One connection and, for a change, one transaction per scope, shared by the DbContexts of all modules: effect, event,
/// audit row and idempotency record commit together or not at all.
/// </summary>
public sealed class UnitOfWork(DataSources sources, Tenant tenant, CurrentUser user, RequestOrigin origin, Precondition precondition, TimeProvider clock,
    TagCache? tagCache = null) : IAsyncDisposable
{
    private readonly List<ModuleDb> contexts = [];
    private readonly List<Func<CancellationToken, Task>> beforeCommit = [];
    private readonly List<Func<CancellationToken, Task>> afterCommit = [];

    public NpgsqlConnection Connection { get; } = sources.App.CreateConnection();

    public NpgsqlTransaction? Transaction { get; private set; }

    public Tenant Tenant => tenant;

    public CurrentUser User => user;

    public RequestOrigin Origin => origin;

    public TimeProvider Clock => clock;

    public Precondition Precondition => precondition;

    internal TagCache? TagCache => tagCache;

    /// <summary>Opens the connection with its tenant set; a session that died in the pool (a restarted database) is replaced.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        for (var attempt = 1; Connection.State != ConnectionState.Open; attempt++)
        {
            try
            {
                await Connection.OpenAsync(ct);
                await TenantSession.SetAsync(Connection, tenant, ct);
            }
            catch (NpgsqlException) when (attempt < 4 && !ct.IsCancellationRequested)
            {
                await Connection.CloseAsync();
                if (attempt > 1) NpgsqlConnection.ClearPool(Connection);
            }
        }
        return Connection;
    }

    public async Task BeginAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        Transaction = await Connection.BeginTransactionAsync(ct);
        foreach (var context in contexts) await context.Database.UseTransactionAsync(Transaction, ct);
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        foreach (var action in beforeCommit) await action(ct);
        await Transaction!.CommitAsync(CancellationToken.None); // past this point a client that hangs up changes nothing
        await EndTransactionAsync();
        await RunAfterCommitAsync();
    }

    public async Task RollbackAsync()
    {
        if (Transaction is null) return;
        if (Connection.State == ConnectionState.Open) await Transaction.RollbackAsync(CancellationToken.None);
        await EndTransactionAsync();
        beforeCommit.Clear();
        afterCommit.Clear();
    }

    /// <summary>Runs when everything is written and about to be committed.</summary>
    public void BeforeCommit(Func<CancellationToken, Task> action) => beforeCommit.Add(action);

    /// <summary>Runs after the commit: hints only (caches, wake-ups); what must happen belongs into the transaction.</summary>
    public void AfterCommit(Func<CancellationToken, Task> action) => afterCommit.Add(action);

    internal void Enlist(ModuleDb context)
    {
        context.Database.SetDbConnection(Connection, contextOwnsConnection: false);
        context.Database.AutoSavepointsEnabled = false;
        if (Transaction is not null) context.Database.UseTransaction(Transaction);
        contexts.Add(context);
    }

    internal IEnumerable<ModuleDb> Contexts => contexts;

    internal async Task RunBeforeCommitAsync(CancellationToken ct)
    {
        foreach (var action in beforeCommit) await action(ct);
        beforeCommit.Clear();
    }

    internal async Task RunAfterCommitAsync()
    {
        foreach (var action in afterCommit) await action(CancellationToken.None);
        afterCommit.Clear();
    }

    private async Task EndTransactionAsync()
    {
        foreach (var context in contexts) await context.Database.UseTransactionAsync(null);
        await Transaction!.DisposeAsync();
        Transaction = null;
        beforeCommit.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (Transaction is not null) await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

/// <summary>Where a change came from, for the audit log.</summary>
public sealed class RequestOrigin
{
    public string? RequestId { get; set; }
    public string? IpAddress { get; set; }
    public string? UserAgent { get; set; }
}
