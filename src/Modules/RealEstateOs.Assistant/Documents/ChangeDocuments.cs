using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Assistant.Documents;

/// <example>{"document_ids": [1]}</example>
public sealed record ReindexRequest : IRequestBody<ReindexRequest>
{
    /// <summary>Which ones; without them, all that the asker may change.</summary>
    public DocumentId[]? DocumentIds { get; init; }
}

internal sealed record DocumentsToRead(DocumentId[] DocumentIds);

internal static class ReindexDocuments
{
    public const string Kind = "assistant.reindex";

    /// <summary>Reads documents in once more: their texts, words and embeddings. The answers go on from the old ones until then.</summary>
    public static async Task<Accepted<JobAnswer>> Handle(ReindexRequest request, AssistantDb db, CurrentUser user, JobQueue jobs,
        CancellationToken ct)
    {
        var mine = db.Documents.OpenTo(user, AssistantPermissions.ChangeDocuments);
        var ids = request.DocumentIds is { } wanted ? await mine.Where(d => wanted.Contains(d.Id)).Select(d => d.Id).ToArrayAsync(ct)
            : await mine.Select(d => d.Id).ToArrayAsync(ct);
        if (request.DocumentIds?.Except(ids).ToArray() is { Length: > 0 } unknown)
            throw Problem.Invalid(FieldError.Format("document_ids",
                $"names no document that you may change: {string.Join(", ", unknown.Select(i => i.Value))}"));
        var job = await jobs.EnqueueAsync(Kind, new DocumentsToRead(ids), ct);
        return TypedResults.Accepted(job.ToAnswer().ProgressUrl, job.ToAnswer());
    }
}

/// <summary>Queues each document by itself, so that one that can't be read holds up none.</summary>
internal sealed class RunReindex(AssistantDb db, JobQueue jobs) : IJobHandler<DocumentsToRead>
{
    public async Task<object?> RunAsync(DocumentsToRead input, JobContext context, CancellationToken ct)
    {
        var result = new { documents = input.DocumentIds.Length };
        await db.Work.InTransactionAsync(async () =>
        {
            foreach (var id in input.DocumentIds)
                await jobs.EnqueueAsync(ProcessDocument.Kind, new DocumentToProcess(id), ct, resource: id.Reference(),
                    uniqueKey: id.Reference());
            context.CompleteWithNextCommit(db.Work, () => result);
        }, ct);
        return result;
    }
}

internal static class DeleteDocument
{
    /// <summary>Hides the document; nothing is found in it any more. It can be restored for 30 days.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(DocumentId id, AssistantDb db, CurrentUser user, PassageWriter passages,
        TimeProvider clock, CancellationToken ct)
    {
        if (await db.Documents.OpenTo(user, AssistantPermissions.DeleteDocuments).FirstOrDefaultAsync(
            d => d.Id == id && d.Kind != DocumentKind.Article, ct) is not { } document)
            return TypedResults.NotFound();
        await passages.ForgetAsync(document, ct);
        document.DeletedAt = clock.Now();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Brings a deleted document back and reads it in again.</summary>
    public static async Task<Results<Ok<DocumentResponse>, NotFound>> Restore(DocumentId id, AssistantDb db, CurrentUser user,
        JobQueue jobs, CancellationToken ct)
    {
        if (await db.Documents.WithDeleted().OpenTo(user, AssistantPermissions.DeleteDocuments)
            .FirstOrDefaultAsync(d => d.Id == id, ct) is not { } document)
            return TypedResults.NotFound();
        if (document.DeletedAt is not null)
        {
            (document.DeletedAt, document.Status) = (null, DocumentStatus.Queued);
            await jobs.EnqueueAsync(ProcessDocument.Kind, new DocumentToProcess(id), ct, resource: id.Reference(),
                uniqueKey: id.Reference());
            await db.SaveChangesAsync(ct);
        }
        return TypedResults.Ok(DocumentResponse.Of(document));
    }
}
