using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Imports;

/// <summary>
/// Takes in rows of a file as records of one kind; the module that owns the records offers it (<c>AddRowImporter</c>), and
/// <c>POST /data/import</c> finds it by its name. It leaves what single creation leaves: history, timeline, audit, events.
/// </summary>
public interface IRowImporter
{
    /// <summary>The plural that the request names: <c>properties</c>.</summary>
    string Entity { get; }

    /// <summary>What a column can become.</summary>
    IReadOnlyList<ImportMember> Members { get; }

    /// <summary>The member by which a record is found again: <c>external_id</c>. Rows without it are always new.</summary>
    string KeyMember { get; }

    /// <summary>What the API shows of a record: columns of our own export that say nothing to an import.</summary>
    IReadOnlySet<string> Shown => new HashSet<string>();

    /// <summary>The permissions to add and to change such records.</summary>
    (string Create, string Update) Permissions { get; }

    /// <summary>The permission to give such records to somebody, where that is one of its own.</summary>
    string? AssignPermission => null;

    /// <summary>
    /// What a required member becomes where the file has no column for it and the request no default: a template over the columns
    /// that the file does have (<c>Property {external_id}</c>). Null where there is nothing sensible.
    /// </summary>
    string? Fallback(string member, IReadOnlySet<string> mapped) => null;

    /// <summary>
    /// Writes a batch inside the open transaction, with a constant number of statements, and answers an outcome for each row in the order
    /// of the rows. A row that is refused is an outcome, not an exception; it leaves nothing behind. The same key may come twice in a
    /// batch: the later row wins.
    /// </summary>
    Task<IReadOnlyList<RowOutcome>> WriteAsync(IReadOnlyList<ImportRow> rows, ImportRun run, CancellationToken ct);
}

/// <summary>
/// Takes care of the records that a complete file does not name any more; offered by kinds of records that come and go with a feed.
/// </summary>
public interface IMissingRecords
{
    /// <summary>
    /// The open records with an external id for which <paramref name="isInFile"/> says no, as references, those that the user may change;
    /// with
    /// <paramref name="close"/> they are closed in the open transaction.
    /// </summary>
    Task<IReadOnlyList<string>> FindAsync(Func<string, bool> isInFile, bool close, ImportRun run, CancellationToken ct);
}

/// <summary>What becomes of records that the file does not name.</summary>
public enum MissingRecords { Ignore, Report, Close }

/// <summary>
/// One row: the physical line it starts on, and its cells as a JSON object in the API's own dialect, members by their names.
/// </summary>
/// <param name="Body">What the row says; a record that is here already changes by it.</param>
/// <param name="ForNew">The same, completed by fallbacks: what a new record is made of.</param>
public readonly record struct ImportRow(long Line, JsonElement Body, JsonElement ForNew)
{
    /// <summary>The text of a member; null where the row has none.</summary>
    public string? Text(string member) =>
        Body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What every row of an import shares.</summary>
/// <param name="UserId">Who asked for it.</param>
/// <param name="TeamId">The team that new records belong to.</param>
/// <param name="Currency">Of rows that name none: the request's, else the organization's.</param>
/// <param name="MayChange">Which existing records the user may change.</param>
public sealed record ImportRun(UserId? UserId, TeamId? TeamId, string? Currency, ChangeScope MayChange)
{
    /// <summary>Which records the user may give to somebody.</summary>
    public ChangeScope MayAssign { get; init; }

    public OnDuplicate OnDuplicate { get; init; }

    /// <summary>Do new leads start the nurturing sequences that wait for such?</summary>
    public bool StartSequences { get; init; } = true;
}

/// <summary>What becomes of a row about somebody who is here already under another external id, or none.</summary>
public enum OnDuplicate { Reject, Update, Merge, Skip }

/// <summary>Which existing records an import may change.</summary>
public enum ChangeScope { All, Own, None }

/// <summary>What became of a row.</summary>
public enum RowState { Inserted, Updated, Unchanged, Failed }

/// <summary>What became of a row, and why not more.</summary>
public readonly record struct RowOutcome(RowState State, IReadOnlyList<FieldError> Errors)
{
    public static RowOutcome Failed(params IReadOnlyList<FieldError> errors) => new(RowState.Failed, errors);

    public static implicit operator RowOutcome(RowState state) => new(state, []);
}
