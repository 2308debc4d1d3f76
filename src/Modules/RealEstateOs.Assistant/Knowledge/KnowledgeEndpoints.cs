using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Assistant.Documents;
using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Assistant.Knowledge;

internal static class KnowledgeEndpoints
{
    private static readonly ListSpec<KnowledgeArticle> Spec = new ListSpec<KnowledgeArticle>()
        .Is("category", a => a.Category)
        .HasAll("tags", tags => a => tags.All(t => a.Tags.Contains(t)))
        .Sort("created_at", a => a.CreatedAt).Sort("updated_at", a => a.UpdatedAt).Sort("title", a => a.Title)
        .By("-updated_at");

    /// <summary>The articles of the office's knowledge.</summary>
    public static Task<ListResult<KnowledgeResponse>> List(ListRequest list, AssistantDb db, CancellationToken ct) =>
        list.PageAsync<KnowledgeArticle, KnowledgeArticleId, KnowledgeResponse>(db.Articles.AsNoTracking(), Spec,
            a => KnowledgeResponse.Of(a), ct);

    /// <summary>
    /// Writes an article, or changes the one with this id or title. It is found by its words at once, by its meaning soon.
    /// </summary>
    public static async Task<Results<Created<KnowledgeResponse>, Ok<KnowledgeResponse>>> Write(KnowledgeRequest request, AssistantDb db,
        Articles articles, CancellationToken ct)
    {
        var title = request.Title!.Trim();
        var known = request.Id is { } id
            ? await db.Articles.FirstOrDefaultAsync(a => a.Id == id, ct)
                ?? throw Problem.Invalid(FieldError.Format("id", "names no article"))
            : await db.Articles.FirstOrDefaultAsync(a => a.Title.ToLower() == title.ToLower(), ct);
        if (known is not null && await db.Articles.AnyAsync(a => a.Id != known.Id && a.Title.ToLower() == title.ToLower(), ct))
            throw Problem.AlreadyExists("Another article has this title.");
        var article = known ?? new KnowledgeArticle();
        (article.Title, article.Content, article.Category, article.Tags) = (title, request.Content!, request.Category?.Trim(),
            [.. (request.Tags ?? []).Distinct()]);
        await articles.SaveAsync(article, ct,
            request.Has(nameof(request.RequiredPermission)) ? document => document.RequiredPermission = request.RequiredPermission : null);
        return known is null ? TypedResults.Created($"{ApiGroup.Root}/admin/knowledge", KnowledgeResponse.Of(article))
            : TypedResults.Ok(KnowledgeResponse.Of(article));
    }
}

/// <summary>Keeps articles and what is found of them together.</summary>
internal sealed class Articles(AssistantDb db, PassageWriter passages, JobQueue jobs, TimeProvider clock)
{
    /// <param name="also">What changes beside the words.</param>
    public async Task SaveAsync(KnowledgeArticle article, CancellationToken ct, Action<Document>? also = null)
    {
        var document = article.DocumentId == default ? new Document { Kind = DocumentKind.Article }
            : await db.Documents.FirstAsync(d => d.Id == article.DocumentId, ct);
        (document.Title, document.Text) = (article.Title, article.Content);
        also?.Invoke(document);
        (document.Status, document.Error, document.ProcessedAt) = (DocumentStatus.Processed, null, clock.Now());
        if (article.DocumentId == default)
        {
            db.Add(document);
            await db.SaveChangesAsync(ct);
            article.DocumentId = document.Id;
            db.Add(article);
        }
        await passages.ReplaceAsync(document, Pieces(article), ct);
        await db.SaveChangesAsync(ct);
        await jobs.EnqueueAsync(EmbedPassages.Kind, new PassagesToEmbed(document.Id), ct, resource: document.Id.Reference());
    }

    private static List<Piece> Pieces(KnowledgeArticle article)
    {
        try
        {
            return Chunker.Cut(PlainText.Read(article.Content));
        }
        catch (UnreadableDocument nothing)
        {
            throw Problem.Invalid(FieldError.Format("content", $"can't be read: {nothing.Message}"));
        }
    }
}
