using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Assistant.Models;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Assistant.Retrieval;

internal sealed record PassagesToEmbed(DocumentId DocumentId);

/// <summary>Embeds the passages of a document that are not yet, a batch a commit: what a killed host has done stays done.</summary>
internal sealed class EmbedPassages(AssistantDb db, Embedder embedder) : IJobHandler<PassagesToEmbed>
{
    public const string Kind = "assistant.embed";

    // A batch is padded to its longest text, so texts of about one length go together.
    private const int Batch = 16;

    private const string Sql =
        """
        with next as (update assistant.corpora set revision = revision + 1 where organization_id = $1 returning revision)
        update assistant.passages as p set embedding = ($3::real[])[(t.place - 1) * $4 + 1 : t.place * $4], embedded_by = $5,
            revision = next.revision
        from next, unnest($2::bigint[]) with ordinality as t(id, place) where p.id = t.id
        """;

    public async Task<object?> RunAsync(PassagesToEmbed input, JobContext context, CancellationToken ct)
    {
        if (embedder.Model is not { } model) return null;
        if (await db.Documents.AsNoTracking().FirstOrDefaultAsync(d => d.Id == input.DocumentId, ct) is not { } document) return null;
        var who = new Spender(document.OrganizationId, document.CreatedBy ?? default);
        var todo = await db.Passages.AsNoTracking()
            .Where(p => p.DocumentId == input.DocumentId && p.EmbeddedBy != model && embedder.Languages.Contains(p.Language))
            .OrderBy(p => p.Content.Length).Select(p => new { p.Id, p.Heading, p.Content }).ToListAsync(ct);
        var done = 0;
        foreach (var batch in todo.Chunk(Batch))
        {
            await db.Work.ReleaseAsync();
            if (await embedder.PassagesAsync(who, [.. batch.Select(p => p.Heading is null ? p.Content : $"{p.Heading}: {p.Content}")],
                ct) is not { } vectors) break;
            await WriteAsync([.. batch.Select(p => p.Id.Value)], vectors, model, ct);
            done += batch.Length;
            await context.ReportAsync(100 * done / todo.Count, "Embedding", ct);
        }
        return new { embedded = done, left = todo.Count - done };
    }

    private Task WriteAsync(long[] ids, float[][] vectors, string model, CancellationToken ct) => db.Work.InTransactionAsync(async () =>
    {
        var organization = db.Work.Tenant.Required;
        await using var batch = new NpgsqlBatch(db.Work.Connection, db.Work.Transaction)
        {
            BatchCommands =
            {
                Corpora.Lock(organization),
                new NpgsqlBatchCommand(Sql)
                {
                    Parameters =
                    {
                        new() { Value = organization.Value }, new() { Value = ids },
                        new() { Value = vectors.SelectMany(v => v).ToArray() },
                        new() { Value = vectors[0].Length }, new() { Value = model },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }, ct);
}
