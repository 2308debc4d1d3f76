using Npgsql;
using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Assistant.Retrieval;

namespace RealEstateOs.Assistant.Documents;

/// <summary>Puts the pieces of a document in place of those that it had, and counts their words. In the caller's transaction.</summary>
internal sealed class PassageWriter(AssistantDb db)
{
    private const string ForgetSql =
        """
        with gone as (delete from assistant.passages where document_id = $2 returning search_vector),
        counts as (select word, count(*) as passages from gone, unnest(tsvector_to_array(search_vector)) as word group by word)
        update assistant.lexemes as l set passages = l.passages - c.passages from counts as c where l.organization_id = $1
            and l.lexeme = c.word
        """;

    private const string InsertSql =
        """
        insert into assistant.passages (organization_id, document_id, generation, ordinal, page, heading, content, words, language,
            search_vector)
        select $1, $2, $3, t.ordinal, t.page, t.heading, t.content, t.words, t.language,
            setweight(to_tsvector('english', t.folded_heading), 'A') || to_tsvector('english', t.folded)
        from unnest($4::int[], $5::text[], $6::text[], $7::int[], $8::text[], $9::text[], $10::text[]) with ordinality
            as t(page, heading, content, words, language, folded_heading, folded, ordinal)
        """;

    private const string CountSql =
        """
        insert into assistant.lexemes (organization_id, lexeme, passages)
        select $1, word, count(*) from assistant.passages as p, unnest(tsvector_to_array(p.search_vector)) as word where p.document_id = $2
            group by word order by word
        on conflict (organization_id, lexeme) do update set passages = assistant.lexemes.passages + excluded.passages
        """;

    private const string TotalSql =
        """
        insert into assistant.corpora (organization_id, passages, revision) values ($1, $2, 1)
        on conflict (organization_id) do update set passages = assistant.corpora.passages + excluded.passages,
            revision = assistant.corpora.revision + 1
        """;

    /// <summary>Reads the pieces in; what was there before is gone.</summary>
    public async Task ReplaceAsync(Document document, IReadOnlyList<Piece> pieces, CancellationToken ct)
    {
        document.Generation++;
        await using var batch = Begin(document);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
        {
            Parameters =
            {
                Organization, new() { Value = document.Id.Value }, new() { Value = document.Generation },
                new() { Value = pieces.Select(p => p.Page).ToArray() },
                new() { Value = pieces.Select(p => p.Heading).ToArray() },
                new() { Value = pieces.Select(p => Storable(p.Content)).ToArray() },
                new() { Value = pieces.Select(p => p.Words).ToArray() },
                new() { Value = pieces.Select(p => p.Language).ToArray() },
                new() { Value = pieces.Select(p => Words.Fold($"{document.Title} {p.Heading}")).ToArray() },
                new() { Value = pieces.Select(p => Words.Fold(p.Content)).ToArray() },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CountSql) { Parameters = { Organization, new() { Value = document.Id.Value } } });
        batch.BatchCommands.Add(Total(pieces.Count - document.Passages));
        await batch.ExecuteNonQueryAsync(ct);
        document.Passages = pieces.Count;
        document.Language = pieces.GroupBy(p => p.Language).MaxBy(g => g.Count())?.Key;
    }

    /// <summary>A document that is deleted is found no more.</summary>
    public async Task ForgetAsync(Document document, CancellationToken ct)
    {
        await using var batch = Begin(document);
        batch.BatchCommands.Add(Total(-document.Passages));
        await batch.ExecuteNonQueryAsync(ct);
        document.Passages = 0;
    }

    private NpgsqlBatch Begin(Document document) => new(db.Work.Connection, db.Work.Transaction)
    {
        BatchCommands =
        {
            Corpora.Lock(db.Work.Tenant.Required),
            new NpgsqlBatchCommand(ForgetSql) { Parameters = { Organization, new() { Value = document.Id.Value } } },
        },
    };

    private NpgsqlBatchCommand Total(int change) => new(TotalSql) { Parameters = { Organization, new() { Value = change } } };

    private NpgsqlParameter Organization => new() { Value = db.Work.Tenant.Required.Value };

    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
