using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Imports;
using RealEstateOs.Imports.Reading;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Imports;

public sealed record ImportInput(ImportId ImportId);

/// <summary>
/// Reads the file as a stream and writes it in batches, a transaction each, which also holds the cursor: a run that was killed goes on
/// behind the last committed batch, and two runs of one import can't both move it. Memory holds one batch, whatever the file.
/// </summary>
internal sealed class RunImport(IServiceScopeFactory scopes, ImportsDb db, IEnumerable<IRowImporter> importers,
    IOrganizationDirectory organizations, Files files, TimeProvider clock) : IJobHandler<ImportInput>
{
    public const string Kind = "data.import";

    private const int BatchSize = 1000;

    public async Task<object?> RunAsync(ImportInput input, JobContext context, CancellationToken ct)
    {
        var import = await db.Imports.AsNoTracking().FirstOrDefaultAsync(i => i.Id == input.ImportId, ct)
            ?? throw new PermanentJobFailure("The import is gone.");
        try
        {
            return await ReadAsync(import, context, ct);
        }
        catch (Exception exception) when (exception is UnreadableFile or PermanentJobFailure
            || (context.IsLastAttempt && exception is not OperationCanceledException))
        {
            var message = exception is UnreadableFile or PermanentJobFailure or Problem ? exception.Message
                : "Something went wrong on our side.";
            await FailAsync(import.Id, message);
            throw new PermanentJobFailure(message, exception);
        }
    }

    private async Task<object?> ReadAsync(DataImport import, JobContext context, CancellationToken ct)
    {
        var importer = importers.FirstOrDefault(i => i.Entity == import.Entity)
            ?? throw new PermanentJobFailure($"Nothing here takes in {import.Entity}.");
        await using var stream = await files.OpenAsync(FileKey.Parse(import.FileKey), ct)
            ?? throw new PermanentJobFailure("The file is gone.");
        var home = (await organizations.DefaultsAsync(ct)).Currency;
        await db.Work.Connection.CloseAsync(); // the batches have connections of their own
        var settings = import.Settings.Deserialize<ImportSettings>(Json.Options)!;
        settings = settings with { Run = settings.Run with { Currency = settings.Run.Currency ?? home } };
        var plan = new ColumnPlan(importer, settings);
        plan.Take(await SourceFile.ColumnsAsync(stream, import.Format, ct));
        plan.FillRequired(importer);
        var writer = new ImportWriter(scopes, import, plan, settings, importer.KeyMember, context, db.Work);
        var batch = new List<SourceRow>(BatchSize);
        await foreach (var row in SourceFile.RowsAsync(stream, import.Format, ct))
        {
            if (row.Fault is null && row.Cells.All(c => c.IsBlank)) continue;
            if (writer.Skips(row)) continue;
            batch.Add(row);
            if (batch.Count < BatchSize) continue;
            await writer.WriteAsync(batch, ct);
            batch.Clear();
        }
        await writer.WriteAsync(batch, ct);
        var result = await writer.CompleteAsync(ct);
        await files.DeleteAsync(FileKey.Parse(import.FileKey), ct);
        return result;
    }

    private async Task FailAsync(ImportId id, string message)
    {
        await using var scope = scopes.CreateTenantScope(db.Work.Tenant.Required, db.Work.Tenant.User);
        var now = clock.Now();
        await scope.ServiceProvider.GetRequiredService<ImportsDb>().Imports.Where(i => i.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.Status, ImportStatus.Failed).SetProperty(i => i.Error, message).SetProperty(i => i.FinishedAt,
                now).SetProperty(i => i.UpdatedAt, now));
    }
}
