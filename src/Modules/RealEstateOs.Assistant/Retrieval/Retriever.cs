using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>How passages were found: hybrid by words and meaning, full_text by words alone, nothing where none was found.</summary>
public enum RetrievalMode { Hybrid, FullText, Nothing }

/// <summary>A passage that may hold the answer.</summary>
/// <param name="Score">By both rankings (reciprocal rank fusion, words by their coverage); says the order, nothing else.</param>
/// <param name="Coverage">How much of the question's words stands in it, 0 to 1.</param>
/// <param name="Similarity">How alike in meaning, where that was asked.</param>
/// <param name="IsRelevant">Does it speak of what was asked, or is it only the least bad?</param>
internal sealed record FoundPassage(PassageId Id, DocumentId DocumentId, string Title, int? Page, string? Heading, string Content,
    string Language, double Score, float Coverage, float? Similarity, bool IsRelevant);

/// <param name="Terms">The words of the question as the index has them, the weightiest first.</param>
internal sealed record Retrieved(IReadOnlyList<FoundPassage> Passages, RetrievalMode Mode, IReadOnlyList<Term> Terms, string? Note)
{
    public static readonly Retrieved Nothing = new([], RetrievalMode.Nothing, [], null);

    public IReadOnlyList<FoundPassage> Relevant => [.. Passages.Where(p => p.IsRelevant)];
}

/// <summary>
/// Finds the passages that answer a question, among the documents that the asker may open: by words and by meaning, the two rankings fused.
/// </summary>
internal sealed class Retriever(AssistantDb db, FullText fullText, Embedder embedder, VectorIndex vectors, CurrentUser user)
{
    private const int Depth = 50, Smoothing = 60;

    // Words count by how much of the question they cover: half of it as much as a place by meaning, all of it (a code, a name) twice.
    private const double WordsWeight = 2;

    private const string OnlyWords = "Found by words alone: embeddings can't be had at the moment.";

    public async Task<Retrieved> FindAsync(string question, int take, CancellationToken ct)
    {
        if (!user.IsSignedIn || await fullText.ReadAsync(question, ct) is not { } words) return Retrieved.Nothing;
        var documents = await db.Documents.AsNoTracking().OpenTo(user).Where(d => d.Passages > 0).Select(d => d.Id).ToArrayAsync(ct);
        if (documents.Length == 0) return Retrieved.Nothing;
        var ids = Array.ConvertAll(documents, d => d.Value);
        var byWords = await fullText.FindAsync(words, ids, Depth, ct);
        var embedded = embedder.Model is not null && embedder.Languages.Contains(Extraction.Languages.Of(question));
        var meaning = embedded ? await MeaningAsync(question, ct) : null;
        var byMeaning = meaning is null ? null
            : await vectors.FindAsync(user.OrganizationId, words.Revision, meaning, ids.ToHashSet(), Depth, ct);
        var passages = await LoadAsync(Fuse(byWords, byMeaning ?? [], take), documents, ct);
        return new Retrieved(passages, byMeaning is null ? RetrievalMode.FullText : RetrievalMode.Hybrid,
            [.. words.Terms.OrderByDescending(t => t.Weight)],
            embedded && byMeaning is null ? OnlyWords : null);
    }

    private async Task<float[]?> MeaningAsync(string question, CancellationToken ct)
    {
        await db.Work.ReleaseAsync();
        return await embedder.QuestionAsync(new(user.OrganizationId, user.Id), question, ct);
    }

    private static List<Ranked> Fuse(List<TextHit> byWords, List<(long Id, float Similarity)> byMeaning, int take)
    {
        var ranked = new Dictionary<long, Ranked>();
        for (var i = 0; i < byWords.Count; i++)
        {
            var (id, coverage) = (byWords[i].Id, byWords[i].Coverage);
            ranked[id.Value] = new(id, WordsWeight * coverage / (Smoothing + i + 1), coverage, null);
        }
        for (var i = 0; i < byMeaning.Count; i++)
        {
            var before = ranked.GetValueOrDefault(byMeaning[i].Id) ?? new(new PassageId(byMeaning[i].Id), 0, 0, null);
            ranked[byMeaning[i].Id] = before with { Score = before.Score + (1.0 / (Smoothing + i + 1)),
                Similarity = byMeaning[i].Similarity };
        }
        return [.. ranked.Values.OrderByDescending(r => r.Score).ThenBy(r => r.Id.Value).Take(take)];
    }

    // Once more among the documents that are open: what was in memory may be gone meanwhile.
    private async Task<List<FoundPassage>> LoadAsync(List<Ranked> ranked, DocumentId[] documents, CancellationToken ct)
    {
        var wanted = ranked.ConvertAll(r => r.Id);
        var texts = await db.Passages.AsNoTracking().Where(p => wanted.Contains(p.Id) && documents.Contains(p.DocumentId))
            .Join(db.Documents, p => p.DocumentId, d => d.Id,
                (p, d) => new { p.Id, p.DocumentId, d.Title, p.Page, p.Heading, p.Content, p.Language }).ToDictionaryAsync(p => p.Id, ct);
        return [.. ranked.Where(r => texts.ContainsKey(r.Id)).Select(r => texts[r.Id] is var t
            ? new FoundPassage(t.Id, t.DocumentId, t.Title, t.Page, t.Heading, t.Content, t.Language, r.Score, r.Coverage,
                r.Similarity, IsRelevant(r)) : null!)];
    }

    private bool IsRelevant(Ranked found) => found.Coverage >= 0.5f || (found.Similarity >= embedder.Alike && found.Coverage >= 0.15f)
        || found.Similarity >= embedder.Alike + 0.1f;

    private sealed record Ranked(PassageId Id, double Score, float Coverage, float? Similarity);
}
