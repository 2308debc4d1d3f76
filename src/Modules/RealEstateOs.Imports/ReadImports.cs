using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Imports;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Imports;

internal static class ListImports
{
    private static readonly ListSpec<DataImport> Spec = new ListSpec<DataImport>()
        .Is("entity", i => i.Entity, "table")
        .Is("status", i => i.Status)
        .Is("created_by", i => i.CreatedBy)
        .Flag("dry_run", i => i.DryRun)
        .Range("created_at", i => i.CreatedAt)
        .Sort("created_at", i => i.CreatedAt)
        .By("-created_at");

    /// <summary>The imports of the organization with their counts, the latest first.</summary>
    public static Task<ListResult<ImportResponse>> Handle(ListRequest list, ImportsDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(db.Imports.AsNoTracking().VisibleTo(user, ImportsPermissions.Read), Spec, i => i.Id, ImportResponse.Projection, ct);
}

internal static class GetImport
{
    /// <summary>How far an import is, how it read its columns, what became of its rows.</summary>
    public static Task<Results<Ok<ImportResponse>, NotFound>> Handle(ImportId id, ImportsDb db, CurrentUser user, CancellationToken ct) =>
        db.Imports.AsNoTracking().VisibleTo(user, ImportsPermissions.Read).Where(i => i.Id == id)
            .Select(ImportResponse.Projection).AnswerOneAsync(ct);
}

internal static class ListImportErrors
{
    private static readonly ListSpec<ImportError> Spec = new ListSpec<ImportError>()
        .Is("line", e => e.Line)
        .Is("field", e => e.Field)
        .Is("code", e => e.Code)
        .Sort("line", e => e.Line)
        .By("line");

    /// <summary>The first thousand refused rows with line numbers, as JSON or, by <c>Accept: text/csv</c>, as CSV.</summary>
    public static async Task<Results<ListResult<ImportErrorResponse>, NotFound>> Handle(ImportId id, ListRequest list, ImportsDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.Imports.VisibleTo(user, ImportsPermissions.Read).AnyAsync(i => i.Id == id, ct)
                ? await list.PageAsync(db.ImportErrors.AsNoTracking().Where(e => e.ImportId == id), Spec, e => e.Id,
                    e => new ImportErrorResponse(e.Line, e.Field, e.Code, e.Message), ct)
                : TypedResults.NotFound();
}
