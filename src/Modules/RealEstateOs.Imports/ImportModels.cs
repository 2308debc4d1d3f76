using System.Linq.Expressions;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Imports;

/// <summary>An import that has been taken on; its rows arrive in the background.</summary>
public sealed record ImportAccepted : JobAnswer
{
    /// <summary>The import's reference: <c>imp_12</c>.</summary>
    public string Id { get; init; } = "";
    /// <summary><c>properties</c>, <c>leads</c> or <c>clients</c>.</summary>
    public string Entity { get; init; } = "";
    /// <summary>As it was uploaded.</summary>
    public string FileName { get; init; } = "";
    /// <summary>Rows are counted and not kept.</summary>
    public bool DryRun { get; init; }

    /// <summary>Column → member, <c>metadata</c> or <c>ignored</c>; of JSON it is known only once the rows are read.</summary>
    public IReadOnlyDictionary<string, string> Mapping { get; init; } = new Dictionary<string, string>();

    /// <summary>Member → template, for new records whose row does not say it.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();
}

/// <summary>An import and how far it is.</summary>
public sealed record ImportResponse
{
    /// <summary>The import's reference: <c>imp_12</c>.</summary>
    public string Id { get; init; } = "";
    public OrganizationId OrganizationId { get; init; }
    /// <summary><c>properties</c>, <c>leads</c> or <c>clients</c>.</summary>
    public string Entity { get; init; } = "";
    /// <summary>As it was uploaded.</summary>
    public string FileName { get; init; } = "";
    /// <summary>Bytes.</summary>
    public long FileSize { get; init; }
    public ImportFormat Format { get; init; }
    /// <summary>Rows are counted and not kept.</summary>
    public bool DryRun { get; init; }
    public ImportStatus Status { get; init; }
    /// <summary>0 to 100.</summary>
    public int Progress { get; init; }
    /// <summary>The job that reads it, as of <c>GET /status/{job_id}</c>.</summary>
    public string? JobId { get; init; }
    /// <summary>Where the job's progress is read.</summary>
    public string ProgressUrl { get; init; } = "";

    /// <summary>Column → member, <c>metadata</c> or <c>ignored</c>.</summary>
    public JsonElement Mapping { get; init; }

    /// <summary>Member → template, for new records whose row does not say it.</summary>
    public JsonElement Defaults { get; init; }
    /// <summary>So far.</summary>
    public long RowsRead { get; init; }
    /// <summary>Rows that became new records.</summary>
    public long Inserted { get; init; }
    /// <summary>Rows that changed a record.</summary>
    public long Updated { get; init; }
    /// <summary>Rows that said what was here already.</summary>
    public long Unchanged { get; init; }
    /// <summary>Rows that were refused.</summary>
    public long Failed { get; init; }

    /// <summary>Rows whose key an earlier row of the file had; the later one won.</summary>
    public long Repeated { get; init; }

    /// <summary>
    /// Where <c>missing</c> was asked, after the last row: <c>count</c>, <c>closed</c>, the first thousand <c>records</c>, and a
    /// <c>note</c> where nothing could be closed.
    /// </summary>
    public JsonElement? Missing { get; init; }

    /// <summary>Why the import as a whole failed.</summary>
    public string? Error { get; init; }
    /// <summary>Where the refused rows are listed.</summary>
    public string ErrorsUrl { get; init; } = "";
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    /// <summary>When the job began; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    /// <summary>When the job ended; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    internal static readonly Expression<Func<DataImport, ImportResponse>> Projection = i => new ImportResponse
    {
        Id = i.Id.Reference(), OrganizationId = i.OrganizationId, Entity = i.Entity, FileName = i.FileName, FileSize = i.FileSize,
        Format = i.Format, DryRun = i.DryRun,
        Status = i.Status, Progress = i.Progress, JobId = i.JobId!.Value.Reference(),
        ProgressUrl = $"/api/v1/status/{i.JobId!.Value.Reference()}", Mapping = i.Mapping, Defaults = i.Defaults,
        RowsRead = i.RowsRead, Inserted = i.Inserted, Updated = i.Updated, Unchanged = i.Unchanged, Failed = i.Failed,
        Repeated = i.Repeated, Missing = i.Missing,
        Error = i.Error, ErrorsUrl = $"/api/v1/data/imports/{i.Id.Reference()}/errors", CreatedBy = i.CreatedBy, CreatedAt = i.CreatedAt,
        UpdatedAt = i.UpdatedAt,
        StartedAt = i.StartedAt, FinishedAt = i.FinishedAt,
    };
}

/// <summary>A row that was refused.</summary>
/// <param name="Line">The physical line of the file on which the row starts.</param>
/// <param name="Field">The member that is at fault; null where it is the row as a whole.</param>
/// <param name="Code">As in the errors of a body: <c>VAL_002</c>, <c>RES_002</c> …</param>
/// <param name="Message">What is wrong, as a sentence.</param>
public sealed record ImportErrorResponse(long Line, string? Field, string Code, string Message);
