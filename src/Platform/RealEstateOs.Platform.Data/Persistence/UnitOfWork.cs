using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// One connection and, for a change, one transaction per scope, shared by the DbContexts of all modules: effect, event,
/// audit row and idempotency record commit together or not at all.
/// </summary>
public sealed class UnitOfWork(DataSources sources, Tenant tenant, CurrentUser user, ChangeOrigin origin, TimeProvider clock,
    IVersionTracker? versions = null) : IAsyncDisposable
{
    private const int Attempts = 4;

    private readonly List<ModuleDb> contexts = [];
    private readonly List<Func<CancellationToken, Task>> beforeCommit = [];
    private readonly List<Func<CancellationToken, Task>> afterCommit = [];
    private readonly List<AuditEntry> audit = [];
    private readonly List<OutboxEntry> events = [];
    private readonly List<(ModuleDb Db, object Row)> histories = [];
    private Action<ModuleDb>? beforeSave;
    private bool hasTenant;

    public NpgsqlConnection Connection { get; } = sources.App.CreateConnection();

    public NpgsqlTransaction? Transaction { get; private set; }

    public Tenant Tenant => tenant;

    public CurrentUser User => user;

    public ChangeOrigin Origin => origin;

    public TimeProvider Clock => clock;

    internal IVersionTracker? Versions => versions;

    /// <summary>
    /// The connection for SQL of one's own, with its tenant set. EF's queries need no such call: each brings its tenant along
    /// (<see cref="TenantCommandInterceptor"/>).
    /// </summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        if (Transaction is null && !hasTenant) await PrepareAsync(begin: false, ct);
        return Connection;
    }

    /// <summary>
    /// Gives the connection back while something outside the database is waited for; what comes next takes one anew. A transaction keeps
    /// its own.
    /// </summary>
    public Task ReleaseAsync() => Transaction is null ? Connection.CloseAsync() : Task.CompletedTask;

    public async Task BeginAsync(CancellationToken ct)
    {
        Transaction = await PrepareAsync(begin: true, ct);
        foreach (var context in contexts) await context.Database.UseTransactionAsync(Transaction, ct);
    }

    // One round trip, which also finds out whether the session died in the pool (a restarted database): such a one is replaced.
    private async Task<NpgsqlTransaction?> PrepareAsync(bool begin, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            NpgsqlTransaction? transaction = null;
            try
            {
                if (Connection.State != ConnectionState.Open) await Connection.OpenAsync(ct);
                if (begin) transaction = await Connection.BeginTransactionAsync(ct);
                await TenantSession.SetAsync(Connection, tenant, forTransaction: begin, ct);
                if (!begin) KeepsTenant();
                return transaction;
            }
            catch (NpgsqlException) when (attempt < Attempts && !ct.IsCancellationRequested)
            {
                if (transaction is not null) await transaction.DisposeAsync();
                await ReplaceAsync(attempt);
            }
        }
    }

    // The next session of the pool, or else a new one.
    private async Task ReplaceAsync(int attempt)
    {
        await Connection.CloseAsync();
        if (attempt > 1) NpgsqlConnection.ClearPool(Connection);
    }

    private void KeepsTenant()
    {
        hasTenant = true;
        Connection.StateChange += Closed;

        void Closed(object sender, StateChangeEventArgs change)
        {
            if (change.CurrentState == ConnectionState.Open) return;
            hasTenant = false;
            Connection.StateChange -= Closed;
        }
    }

    /// <summary>Audit rows, events and histories of a save; all of the transaction are written at its end, in one round trip.</summary>
    internal void Enter(List<AuditEntry> changes, List<OutboxEntry> happened, IEnumerable<(ModuleDb Db, object Row)> history)
    {
        if (Transaction is null) throw new InvalidOperationException("What is audited is saved in a transaction.");
        audit.AddRange(changes);
        events.AddRange(happened);
        histories.AddRange(history);
    }

    internal async Task WriteLedgerAsync(CancellationToken ct)
    {
        await Ledger.WriteAsync(this, audit, events, histories, commits: false, ct);
        ClearLedger();
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        if (beforeCommit.Count > 0)
        {
            await WriteLedgerAsync(ct);
            foreach (var action in beforeCommit) await action(ct);
        }
        // With what these have saved; past this point a client that hangs up changes nothing.
        await Ledger.WriteAsync(this, audit, events, histories, commits: true, CancellationToken.None);
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

    /// <summary>For work outside a request: begins, does it and commits; what it throws rolls back.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> act, CancellationToken ct)
    {
        await BeginAsync(ct);
        try
        {
            var result = await act();
            await CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            await RollbackAsync();
        }
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task InTransactionAsync(Func<Task> act, CancellationToken ct) => InTransactionAsync<object?>(async () =>
    {
        await act();
        return null;
    }, ct);

    /// <summary>A statement of one's own, in the transaction where there is one; answers how many rows it changed.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params NpgsqlParameter[] values)
    {
        await using var command = new NpgsqlCommand(sql, await OpenAsync(ct), Transaction);
        command.With(values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Statements between which nothing is asked: in one round trip, with their tenant and, outside a transaction, their commit. Out there
    /// each must bear to be said twice: of a session that died nobody knows whether it had committed them.
    /// </summary>
    public async Task ExecuteAsync(IReadOnlyCollection<NpgsqlBatchCommand> statements, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(Connection, Transaction);
        if (Transaction is null) batch.BatchCommands.Add(TenantSession.ForBatch(tenant));
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (Connection.State != ConnectionState.Open) await Connection.OpenAsync(ct);
                await batch.ExecuteNonQueryAsync(ct);
                return;
            }
            catch (NpgsqlException) when (attempt < Attempts && Transaction is null && Connection.State != ConnectionState.Open
                && !ct.IsCancellationRequested)
            {
                await ReplaceAsync(attempt);
            }
        }
    }

    /// <summary>Forgets all that was read and raised, so that what was rolled back can run again.</summary>
    internal void StartAfresh()
    {
        foreach (var context in contexts) context.Forget();
    }

    /// <summary>Looks at what each save of this scope is about to write; what it throws refuses it.</summary>
    public void BeforeSave(Action<ModuleDb> check) => beforeSave += check;

    internal void Saving(ModuleDb context) => beforeSave?.Invoke(context);

    /// <summary>Runs when everything is written and about to be committed.</summary>
    public void BeforeCommit(Func<CancellationToken, Task> action) => beforeCommit.Add(action);

    /// <summary>Runs after the commit: hints only (caches, wake-ups); what must happen belongs into the transaction.</summary>
    public void AfterCommit(Func<CancellationToken, Task> action) => afterCommit.Add(action);

    internal void Enlist(ModuleDb context)
    {
        context.Serve(this);
        context.Database.SetDbConnection(Connection, contextOwnsConnection: false);
        context.Database.AutoSavepointsEnabled = false;
        if (Transaction is not null) context.Database.UseTransaction(Transaction);
        contexts.Add(context);
    }

    internal IEnumerable<ModuleDb> Contexts => contexts;

    private async Task RunAfterCommitAsync()
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
        ClearLedger();
    }

    private void ClearLedger()
    {
        audit.Clear();
        events.Clear();
        histories.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (Transaction is not null) await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
