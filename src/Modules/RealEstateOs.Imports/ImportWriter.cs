using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Imports.Reading;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Imports;

/// <summary>
/// Writes batches of one import: rows, refused rows, counts and cursor in one transaction; a dry run rolls the rows back and keeps the
/// counts.
/// </summary>
internal sealed class ImportWriter(
    IServiceScopeFactory scopes, DataImport import, ColumnPlan plan, ImportSettings settings, string keyMember, JobContext context,
    UnitOfWork asked)
{
    private const int MostErrors = 1000, MostAttempts = 4;

    private readonly ImportRun run = settings.Run;
    private readonly HashSet<ulong> keys = [], named = [];
    private readonly long done = import.RowsRead;
    private long seen, unnamed, rowsRead = import.RowsRead;
    private int errorsLeft = import.Failed > MostErrors ? 0 : MostErrors - (int)import.Failed;
    private Tally tally = new(import.Inserted, import.Updated, import.Unchanged, import.Failed, import.Repeated);

    /// <summary>Was the row done with in an earlier run? Its key counts all the same.</summary>
    public bool Skips(SourceRow row)
    {
        if (seen++ >= done) return false;
        if (row.Fault is null && KeyOf(plan.Read(row)) is { } key)
        {
            keys.Add(key);
            named.Add(key);
        }
        else unnamed++;
        return true;
    }

    public async Task WriteAsync(IReadOnlyList<SourceRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        try
        {
            await TryAsync(rows, ct);
        }
        catch (Exception exception) when (Cause(exception) is { } cause && cause.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            // A value that passed all rules and that PostgreSQL refuses all the same: find the row that has it.
            if (rows.Count == 1)
                await WriteAsync([SourceRow.Broken(rows[0].Line, rows[0].Position, "has a value that can't be stored")], ct);
            else
            {
                await WriteAsync([.. rows.Take(rows.Count / 2)], ct);
                await WriteAsync([.. rows.Skip(rows.Count / 2)], ct);
            }
            return;
        }
        var percent = import.FileSize == 0 ? 99 : (int)Math.Min(99, rows[^1].Position * 100 / import.FileSize);
        await context.ReportAsync(percent, null, ct);
    }

    public async Task<object> CompleteAsync(CancellationToken ct)
    {
        await using var scope = NewScope();
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.BeginAsync(ct);
        var result = new { import_id = import.Id.Reference(), rows = rowsRead, tally.Inserted, tally.Updated, tally.Unchanged, tally.Failed,
            tally.Repeated, import.DryRun };
        var missing = await MissingAsync(scope.ServiceProvider, ct);
        await SaveAsync(scope.ServiceProvider.GetRequiredService<ImportsDb>(), tally, 0, 100, ImportStatus.Completed, ct, missing);
        context.CompleteWithNextCommit(work, () => result);
        await work.CommitAsync(ct);
        return result;
    }

    // A row whose key could not be read may name any of them: then nothing is closed.
    private async Task<MissingSummary?> MissingAsync(IServiceProvider services, CancellationToken ct)
    {
        if (settings.Missing == MissingRecords.Ignore
            || services.GetServices<IRowImporter>().Single(i => i.Entity == import.Entity) is not IMissingRecords records) return null;
        var close = settings.Missing == MissingRecords.Close && unnamed == 0 && !import.DryRun;
        var missing = await records.FindAsync(key => named.Contains(HashOf(key)), close, run, ct);
        var note = settings.Missing == MissingRecords.Close && unnamed > 0
            ? $"Nothing was closed: {unnamed} rows of the file have no readable {keyMember}." : null;
        return new MissingSummary(missing.Count, close, [.. missing.Take(MostErrors)], note);
    }

    private async Task TryAsync(IReadOnlyList<SourceRow> source, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WriteOnceAsync(source, ct);
                return;
            }
            catch (Exception exception) when (attempt < MostAttempts
                && Cause(exception) is { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected })
            {
                // Somebody else has just added such a record, or changes these: look again.
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostAttempts)
            {
                // Somebody has changed one of the records between our look and our write.
            }
        }
    }

    private async Task WriteOnceAsync(IReadOnlyList<SourceRow> source, CancellationToken ct)
    {
        var rows = new List<ImportRow>(source.Count);
        var batchKeys = new List<ulong?>(source.Count);
        foreach (var row in source.Where(r => r.Fault is null))
        {
            rows.Add(plan.Read(row));
            batchKeys.Add(KeyOf(rows[^1]));
        }
        await using var scope = NewScope();
        var services = scope.ServiceProvider;
        var work = services.GetRequiredService<UnitOfWork>();
        await work.BeginAsync(ct);
        var outcomes = rows.Count == 0 ? []
            : await services.GetServices<IRowImporter>().Single(i => i.Entity == import.Entity).WriteAsync(rows, run, ct);
        if (import.DryRun)
        {
            await work.RollbackAsync();
            await work.BeginAsync(ct);
        }
        var (after, faults, newKeys) = Count(source, rows, outcomes, batchKeys);
        var percent = import.FileSize == 0 ? 0 : (int)Math.Min(99, source[^1].Position * 100 / import.FileSize);
        var db = services.GetRequiredService<ImportsDb>();
        var kept = faults.Take(errorsLeft).ToList();
        await db.InsertManyAsync(kept, ct);
        await SaveAsync(db, after, source.Count, percent, ImportStatus.Running, ct);
        await work.CommitAsync(ct);
        (tally, rowsRead, errorsLeft) = (after, rowsRead + source.Count, errorsLeft - kept.Count);
        keys.UnionWith(newKeys);
        named.UnionWith(batchKeys.OfType<ulong>());
        unnamed += source.Count - batchKeys.Count(k => k is not null);
    }

    private (Tally, List<ImportError>, List<ulong>) Count(IReadOnlyList<SourceRow> source, List<ImportRow> rows,
        IReadOnlyList<RowOutcome> outcomes, List<ulong?> batchKeys)
    {
        var (after, faults, newKeys) = (tally, new List<ImportError>(), new HashSet<ulong>());
        foreach (var broken in source.Where(r => r.Fault is not null))
        {
            faults.Add(Error(broken.Line, null, ErrorCodes.Format, $"The row {broken.Fault}."));
            after = after with { Failed = after.Failed + 1 };
        }
        for (var i = 0; i < outcomes.Count; i++)
        {
            faults.AddRange(outcomes[i].Errors.Select(e => Error(rows[i].Line, e.Field, e.Code, e.Message)));
            var failed = outcomes[i].State == RowState.Failed;
            var repeated = !failed && batchKeys[i] is { } key && !(newKeys.Add(key) && !keys.Contains(key));
            after = after.With(outcomes[i].State, repeated, import.DryRun);
        }
        faults.Sort((a, b) => a.Line.CompareTo(b.Line));
        return (after, faults, [.. newKeys]);
    }

    /// <summary>Moves the cursor, if it stands where this run left it.</summary>
    private async Task SaveAsync(ImportsDb db, Tally after, int rows, int percent, ImportStatus status, CancellationToken ct,
        MissingSummary? missing = null)
    {
        var (from, now) = (rowsRead, asked.Clock.Now());
        DateTimeOffset? finished = status == ImportStatus.Completed ? now : null;
        var (mapping, defaults) = (JsonSerializer.SerializeToElement(plan.Columns, Json.Options),
            JsonSerializer.SerializeToElement(plan.Filled, Json.Options));
        var summary = missing is null ? (JsonElement?)null : JsonSerializer.SerializeToElement(missing, Json.Options);
        var moved = await db.Imports.Where(i => i.Id == import.Id && i.RowsRead == from && i.Status != ImportStatus.Completed)
            .ExecuteUpdateAsync(set => set
                .SetProperty(i => i.RowsRead, from + rows).SetProperty(i => i.Inserted, after.Inserted).SetProperty(i => i.Updated,
                    after.Updated)
                .SetProperty(i => i.Unchanged, after.Unchanged).SetProperty(i => i.Failed, after.Failed).SetProperty(i => i.Repeated,
                    after.Repeated)
                .SetProperty(i => i.Progress, percent).SetProperty(i => i.Status, status).SetProperty(i => i.Mapping,
                    mapping).SetProperty(i => i.Defaults, defaults)
                .SetProperty(i => i.StartedAt, i => i.StartedAt ?? now).SetProperty(i => i.FinishedAt,
                    finished).SetProperty(i => i.UpdatedAt, now)
                .SetProperty(i => i.Error, (string?)null).SetProperty(i => i.Missing, summary), ct);
        if (moved == 0) throw new InvalidOperationException("Another run has moved the import on.");
    }

    private AsyncServiceScope NewScope()
    {
        var scope = scopes.CreateTenantScope(import.OrganizationId, run.UserId);
        scope.ServiceProvider.GetRequiredService<ChangeOrigin>().RequestId = asked.Origin.RequestId;
        return scope;
    }

    private ImportError Error(long line, string? field, string code, string message) =>
        new() { ImportId = import.Id, Line = line, Field = field, Code = code, Message = message };

    private static PostgresException? Cause(Exception exception) =>
        exception as PostgresException ?? exception.InnerException as PostgresException;

    // Eight bytes a key, so that a million rows cost some tens of megabytes.
    private ulong? KeyOf(ImportRow row)
    {
        return row.Text(keyMember) is { } key ? HashOf(key) : null;
    }

    private static ulong HashOf(string key)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in key) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    private readonly record struct Tally(long Inserted, long Updated, long Unchanged, long Failed, long Repeated)
    {
        // What a dry run rolled back can't be found again by a later row with the same key, which would have been an update.
        public Tally With(RowState state, bool repeated, bool dryRun) =>
            (state == RowState.Inserted && repeated && dryRun ? RowState.Updated : state) switch
            {
                RowState.Inserted => this with { Inserted = Inserted + 1, Repeated = Repeated + (repeated ? 1 : 0) },
                RowState.Updated => this with { Updated = Updated + 1, Repeated = Repeated + (repeated ? 1 : 0) },
                RowState.Unchanged => this with { Unchanged = Unchanged + 1, Repeated = Repeated + (repeated ? 1 : 0) },
                _ => this with { Failed = Failed + 1 },
            };
    }
}
