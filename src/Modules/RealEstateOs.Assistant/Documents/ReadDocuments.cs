using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Assistant.Documents;

internal static class ListDocuments
{
    private static readonly ListSpec<Document> Spec = new ListSpec<Document>()
        .Is("status", d => d.Status).Is("kind", d => d.Kind).Is("language", d => d.Language).Is("access", d => d.Access).Is("created_by",
            d => d.CreatedBy).Range("created_at", d => d.CreatedAt)
        .Sort("created_at", d => d.CreatedAt).Sort("title", d => d.Title)
        .By("-created_at");

    /// <summary>The documents that the asker may open, articles among them.</summary>
    public static Task<ListResult<DocumentResponse>> Handle(ListRequest list, AssistantDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync<Document, DocumentId, DocumentResponse>(db.Documents.AsNoTracking().OpenTo(user), Spec,
            d => DocumentResponse.Of(d), ct);
}

internal static class GetDocument
{
    /// <summary>A document: how far it is, what was read of it, and a link to the file.</summary>
    public static async Task<Results<Ok<DocumentResponse>, NotFound>> Handle(DocumentId id, AssistantDb db, CurrentUser user,
        FileLinks links, CancellationToken ct) =>
            await db.Documents.AsNoTracking().OpenTo(user).FirstOrDefaultAsync(d => d.Id == id, ct) is { } document
                ? TypedResults.Ok(DocumentResponse.Of(document, links)) : TypedResults.NotFound();
}

internal static class ListPassages
{
    private static readonly ListSpec<Passage> Spec = new ListSpec<Passage>()
        .Is("id", p => p.Id).Is("page", p => p.Page).Sort("ordinal", p => p.Ordinal).By("ordinal");

    /// <summary>What was read of a document, piece by piece: where a citation leads.</summary>
    public static async Task<Results<ListResult<PassageResponse>, NotFound>> Handle(DocumentId id, ListRequest list, AssistantDb db,
        CurrentUser user, CancellationToken ct)
    {
        if (!await db.Documents.OpenTo(user).AnyAsync(d => d.Id == id, ct)) return TypedResults.NotFound();
        return await list.PageAsync(db.Passages.AsNoTracking().Where(p => p.DocumentId == id), Spec, p => p.Id,
            p => new PassageResponse(p.Id, p.DocumentId, p.Ordinal, p.Page, p.Heading, p.Content, p.Language), ct);
    }
}
