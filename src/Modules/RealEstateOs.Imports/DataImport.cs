using System.Linq.Expressions;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Imports;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Imports;

/// <summary>Where an import stands; failed ended before its last row.</summary>
public enum ImportStatus { Queued, Running, Completed, Failed }

/// <summary>How the file is written.</summary>
public enum ImportFormat { Csv, Json }

/// <summary>A file that somebody brought in, and what became of its rows.</summary>
internal sealed class DataImport : Entity<ImportId>, IOwned<DataImport>
{
    public static Expression<Func<DataImport, bool>> IsOwnedBy(UserId user) => i => i.CreatedBy == user;

    public string Entity { get; set; } = "";
    public string FileName { get; set; } = "";
    [Secret] public string FileKey { get; set; } = "";
    public long FileSize { get; set; }
    public ImportFormat Format { get; set; }
    public JsonElement Settings { get; set; }
    public bool DryRun { get; set; }
    public ImportStatus Status { get; set; }
    public JobId? JobId { get; set; }
    public JsonElement Mapping { get; set; }
    public JsonElement Defaults { get; set; }

    /// <summary>Records of the file that are done with, be they refused.</summary>
    public long RowsRead { get; set; }
    public long Inserted { get; set; }
    public long Updated { get; set; }
    public long Unchanged { get; set; }
    public long Failed { get; set; }

    /// <summary>Rows whose key the same file had before; the later one won.</summary>
    public long Repeated { get; set; }
    /// <summary>What the file did not name, where that was asked: <see cref="MissingSummary"/>.</summary>
    public JsonElement? Missing { get; set; }
    public int Progress { get; set; }
    public string? Error { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>The records that the file did not name: how many, the first thousand of them, and whether they were closed.</summary>
internal sealed record MissingSummary(int Count, bool Closed, IReadOnlyList<string> Records, string? Note);

/// <summary>Why a row was refused.</summary>
internal sealed class ImportError : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public ImportId ImportId { get; set; }
    public long Line { get; set; }
    public string? Field { get; set; }
    public string Code { get; set; } = "";
    public string Message { get; set; } = "";
}
