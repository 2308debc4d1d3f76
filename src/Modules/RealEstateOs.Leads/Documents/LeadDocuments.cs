using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Leads.Documents;

internal static class LeadDocuments
{
    private const long MaxBytes = 25 * 1024 * 1024;

    public static readonly IAcceptsMetadata Body = new AcceptsMetadata(["application/json", "multipart/form-data"],
        typeof(UploadLeadDocumentForm));

    private static readonly ListSpec<LeadDocument> Spec = new ListSpec<LeadDocument>()
        .Is("file_type", d => d.FileType)
        .Range("created_at", d => d.CreatedAt)
        .Sort("created_at", d => d.CreatedAt).Sort("title", d => d.Title)
        .By("-created_at");

    /// <summary>
    /// Adds a document: multipart with <c>file</c> (25 MB) and <c>title</c>, or JSON with <c>title</c> and <c>file_path</c> of one that
    /// lies elsewhere.
    /// </summary>
    public static async Task<Results<Created<LeadDocumentResponse>, NotFound>> Add(
        LeadId id, HttpContext http, LeadsDb db, CurrentUser user, Files files, FileLinks links, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Update, ct) is not { } lead) return TypedResults.NotFound();
        var document = Upload.IsMultipart(http.Request) ? await UploadAsync(http, files, ct)
            : Mentioned(await BodyReader.ReadAsync<AddLeadDocumentRequest>(http));
        document.LeadId = id;
        db.Add(document);
        db.AddTimeline(lead, "document_added", "Document Added", document.Title);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created((string?)null, LeadDocumentResponse.Of(document, links));
    }

    /// <summary>The lead's documents, the latest first, each with a fresh link.</summary>
    public static async Task<Results<ListResult<LeadDocumentResponse>, NotFound>> List(
        LeadId id, ListRequest list, LeadsDb db, CurrentUser user, FileLinks links, CancellationToken ct) =>
        await db.SeesAsync(id, user, ct)
            ? await list.PageAsync(db.Documents.AsNoTracking().Where(d => d.LeadId == id), Spec, d => d.Id,
                d => LeadDocumentResponse.Of(d, links), ct)
            : TypedResults.NotFound();

    /// <summary>One document, with a fresh link.</summary>
    public static async Task<Results<Ok<LeadDocumentResponse>, NotFound>> Get(
        LeadId id, LeadDocumentId documentId, LeadsDb db, CurrentUser user, FileLinks links, CancellationToken ct) =>
        await db.SeesAsync(id, user, ct)
            && await db.Documents.AsNoTracking().FirstOrDefaultAsync(d => d.Id == documentId && d.LeadId == id, ct) is { } found
            ? TypedResults.Ok(LeadDocumentResponse.Of(found, links)) : TypedResults.NotFound();

    /// <summary>Deletes the document and its file.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(LeadId id, LeadDocumentId documentId, LeadsDb db, CurrentUser user,
        Files files, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Update, ct) is not { } lead) return TypedResults.NotFound();
        if (await db.Documents.FirstOrDefaultAsync(d => d.Id == documentId && d.LeadId == id, ct) is not { } document)
            return TypedResults.NotFound();
        db.Remove(document);
        db.AddTimeline(lead, "document_deleted", "Document Deleted", document.Title);
        if (document.FileKey is { } key) files.DeleteAfterCommit(db.Work, FileKey.Parse(key));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static LeadDocument Mentioned(AddLeadDocumentRequest request) =>
        new() { Title = request.Title!, FilePath = request.FilePath!, FileType = request.FileType, FileSize = request.FileSize };

    private static async Task<LeadDocument> UploadAsync(HttpContext http, Files files, CancellationToken ct)
    {
        var (file, fileName, fields) = await Upload.ReadAsync(http, files, MaxBytes, null, ct);
        if (file is null) throw Problem.Invalid(FieldError.Missing("file"));
        var title = fields.GetValueOrDefault("title") is { Length: > 0 } given ? given : fileName!;
        if (title.Length <= 300 && !title.Contains('\0'))
            return new LeadDocument { Title = title, FilePath = fileName!, FileType = file.ContentType, FileSize = file.Size,
                Sha256 = file.Sha256, FileKey = file.Key.Value };
        await files.DeleteAsync(file.Key, CancellationToken.None);
        throw Problem.Invalid(title.Length > 300 ? FieldError.Range("title", "must have at most 300 characters")
            : FieldError.Format("title", "must not contain NUL characters"));
    }
}
