using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Configuration;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Imports.Reading;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Imports;

/// <summary>The form of an import, for the description of the API; the request is read as it streams in (<see cref="Upload"/>).</summary>
public sealed record ImportFormFields
{
    /// <summary>
    /// CSV (comma, semicolon, tab or bar; with a header) or JSON (an array of objects, one a line, or an object that holds the array), in
    /// UTF-8 or UTF-16.
    /// </summary>
    public IFormFile? File { get; init; }
    /// <summary>What the rows are: <c>properties</c>, <c>leads</c> or <c>clients</c>; <c>table</c> is the same field.</summary>
    public string? Entity { get; init; }
    /// <summary>
    /// A JSON object column → member; null leaves a column out, <c>metadata</c> keeps it aside. The other columns are guessed.
    /// </summary>
    public string? Mapping { get; init; }
    /// <summary>
    /// A JSON object member → value or template, for rows that don't say it: <c>{"city": "Seattle", "address": "Parcel {id}"}</c>.
    /// </summary>
    public string? Defaults { get; init; }
    /// <summary>
    /// A JSON object member → what the file calls a value → our value: <c>{"status": {"Under Offer": "pending"}}</c>. Usual words (Flat,
    /// Studio, 7+) are known.
    /// </summary>
    public string? ValueMap { get; init; }
    /// <summary>Reads and checks all rows, and counts what they would do, without keeping anything.</summary>
    public bool? DryRun { get; init; }
    /// <summary>
    /// What becomes of a row whose e-mail address or number somebody here has: reject (default), update (the row changes them), merge (it
    /// fills what they lack; a no to messages always counts) or skip.
    /// </summary>
    public string? OnDuplicate { get; init; }
    /// <summary>
    /// Of properties, for a file that names all of them: report says which open listings with an external id it does not name, close also
    /// takes them off the market. Default ignore.
    /// </summary>
    public string? Missing { get; init; }
    /// <summary>false: new leads start no nurturing sequence. Default true.</summary>
    public bool? StartSequences { get; init; }
    /// <summary>ISO 4217, of rows that name none.</summary>
    public string? Currency { get; init; }
    /// <summary>How 03/04/2026 is meant: day_first or month_first. Without it such a date is refused.</summary>
    public string? DateOrder { get; init; }
}

internal static class StartImport
{
    private const int UsualMaxFileMb = 512;

    public static readonly IAcceptsMetadata Body = new AcceptsMetadata(["multipart/form-data"], typeof(ImportFormFields));

    public static UploadLimit Limit(IConfiguration configuration) => new(MaxBytes(configuration) + 1024 * 1024);

    private static long MaxBytes(IConfiguration configuration) =>
        configuration.GetValue("Imports:MaxFileMb", UsualMaxFileMb) * 1024L * 1024;

    private static readonly FileKind[] Allowed = [FileKind.Csv, FileKind.Json, FileKind.Text];

    /// <summary>Takes a file in and imports its rows in the background; a row with the external id of a record updates it.</summary>
    public static async Task<Accepted<ImportAccepted>> Handle(
        HttpContext http, IEnumerable<IRowImporter> importers, Files files, ImportsDb db, JobQueue jobs, CurrentUser user,
        IConfiguration configuration, CancellationToken ct)
    {
        var upload = await Upload.ReadAsync(http, files, MaxBytes(configuration), Allowed, ct, Utf8Text.ReadAsync);
        try
        {
            var form = ImportForm.Read(upload.Fields, upload.File is not null, importers, user);
            return await StartAsync(upload.File!, upload.FileName!, form, files, db, jobs, ct);
        }
        catch
        {
            if (upload.File is { } file) await files.DeleteAsync(file.Key, CancellationToken.None);
            throw;
        }
    }

    private static async Task<Accepted<ImportAccepted>> StartAsync(
        StoredFile file, string fileName, ImportForm form, Files files, ImportsDb db, JobQueue jobs, CancellationToken ct)
    {
        await using var stream = await files.OpenAsync(file.Key, ct) ?? throw Problem.Unavailable("The file could not be kept.");
        var format = await SourceFile.FormatAsync(stream, fileName, ct);
        var plan = await PlanAsync(stream, format, form, ct);
        var import = new DataImport
        {
            Entity = form.Importer.Entity, FileName = fileName, FileKey = file.Key.Value, FileSize = file.Size, Format = format,
            DryRun = form.DryRun,
            Settings = JsonSerializer.SerializeToElement(form.Settings, Json.Options),
            Mapping = JsonSerializer.SerializeToElement(plan.Columns, Json.Options),
            Defaults = JsonSerializer.SerializeToElement(plan.Filled, Json.Options),
        };
        db.Add(import);
        await db.SaveChangesAsync(ct);
        var job = await jobs.EnqueueAsync(RunImport.Kind, new ImportInput(import.Id), ct, resource: import.Id.Reference());
        import.JobId = job.Id;
        await db.SaveChangesAsync(ct);
        var answer = job.ToAnswer();
        return TypedResults.Accepted($"{ApiGroup.Root}/data/imports/{import.Id.Reference()}", new ImportAccepted
        {
            Id = import.Id.Reference(), Entity = import.Entity, FileName = fileName, DryRun = import.DryRun, Mapping = plan.Columns,
            Defaults = plan.Filled,
            JobId = answer.JobId, Status = answer.Status, ProgressUrl = answer.ProgressUrl,
            EstimatedCompletion = answer.EstimatedCompletion,
        });
    }

    /// <summary>What can be said of the file before its rows are read: a file of something else is refused here and now.</summary>
    private static async Task<ColumnPlan> PlanAsync(Stream stream, ImportFormat format, ImportForm form, CancellationToken ct)
    {
        var columns = await ColumnsAsync(stream, format, ct);
        var strangers = format == ImportFormat.Csv ? form.Settings.Mapping.Keys.Where(c => !columns.Contains(c)).ToList() : [];
        if (strangers.Count > 0)
            throw Problem.Invalid(strangers.ConvertAll(
                c => FieldError.Format($"mapping.{c}", $"is no column of the file; there are {Shown(columns)}")));
        var plan = new ColumnPlan(form.Importer, form.Settings);
        plan.Take(columns);
        if (plan.Columns.Values.All(m => m is ColumnPlan.Metadata or ColumnPlan.Ignored))
            throw Problem.Invalid(FieldError.Format("file",
                $"has no column that is known for {form.Importer.Entity}: its columns are {Shown(columns)}. Name them in mapping"));
        if (form.Settings.Missing != MissingRecords.Ignore && !plan.Mapped.Contains(form.Importer.KeyMember))
            throw Problem.Invalid(FieldError.Format("missing", $"needs a column that is the {form.Importer.KeyMember}"));
        var missing = plan.FillRequired(form.Importer);
        if (missing.Count > 0 && !plan.Mapped.Contains(form.Importer.KeyMember) && !plan.Mapped.Contains(ImportMember.OwnId))
            throw Problem.Invalid(
                [.. missing.Select(
                    m => FieldError.Missing(
                        m) with { Message = $"is required, and no column of the file is known to be it ({Shown(columns)}). "
                            + "Name one in mapping, or give it in defaults" })]);
        return plan;
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(Stream stream, ImportFormat format, CancellationToken ct)
    {
        try
        {
            return await SourceFile.ColumnsAsync(stream, format, ct);
        }
        catch (UnreadableFile fault)
        {
            throw Problem.Invalid(FieldError.Format("file", fault.Message));
        }
    }

    private static string Shown(IReadOnlyList<string> columns)
    {
        var first = columns.Take(20).Select(c => c.Length > 40 ? c[..40] + "…" : c);
        return columns.Count == 0 ? "none" : string.Join(", ", first) + (columns.Count > 20 ? ", …" : "");
    }
}
