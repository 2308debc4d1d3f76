using Npgsql;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>A passage that has words of the question.</summary>
/// <param name="Coverage">How much of what the question asks stands in it, 0 to 1: rare words count more.</param>
internal readonly record struct TextHit(PassageId Id, float Rank, float Coverage);

/// <summary>A word of the question as the index has it; a word that stands nowhere is taken for the known ones that look like it.</summary>
internal sealed record Term(string[] Lexemes, float Weight, int Passages, bool IsKnown)
{
    public string Query => string.Join(" | ",
        Lexemes.Select(l => $"'{l.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"));
}

/// <summary>The words of a question, what they are worth in this organization, and the revision of what it has.</summary>
internal sealed record AskedWords(IReadOnlyList<Term> Terms, long Revision);

/// <summary>Finds passages by their words: PostgreSQL's full text, each word weighed by how rare it is in the organization.</summary>
internal sealed class FullText(UnitOfWork work)
{
    // Beyond so many passages only the rarer words choose; all of them rank.
    private const int MostCandidates = 3_000;
    private const int Background = 50;

    private const string WordsSql =
        """
        with asked as (select word from unnest(tsvector_to_array(to_tsvector('english', $2))) as word limit 32)
        select c.passages, c.revision, a.word, l.lexeme is not null, coalesce(l.lexeme, alike.lexeme), coalesce(l.passages, alike.passages)
        from assistant.corpora as c left join asked as a on true
        left join assistant.lexemes as l on l.organization_id = $1 and l.lexeme = a.word and l.passages > 0
        left join lateral (
            select x.lexeme, x.passages from assistant.lexemes as x
            where l.lexeme is null and length(a.word) >= 4 and a.word !~ '[0-9]' and x.organization_id = $1 and x.passages > 0
                and x.lexeme >= left(a.word, 1) and x.lexeme < chr(ascii(a.word) + 1) and public.similarity(x.lexeme, a.word) >= 0.4
            order by public.similarity(x.lexeme, a.word) desc, x.lexeme limit 3) as alike on true
        where c.organization_id = $1
        """;

    private const string FindSql =
        """
        with hits as materialized (
            select p.id, p.search_vector as search, p.words from assistant.passages as p
            where p.organization_id = $1 and p.search_vector @@ $2::tsquery and p.document_id = any($3) limit $7),
        ranked as (
            select h.id, sum(t.weight * t.variants * ts_rank('{0.4, 0.4, 0.4, 1}', h.search, t.query)) / (0.7 + 0.3 * least(h.words,
                160) / 110.0) as rank,
                coalesce(sum(t.weight) filter (where h.search @@ t.query), 0) / sum(t.weight) as coverage
            from hits as h cross join (select q::tsquery as query, weight, variants
                from unnest($4::text[], $5::real[], $6::int[]) as u(q, weight, variants)) as t
            group by h.id, h.words)
        select id, rank::real, coverage::real from ranked order by rank * (0.5 + coverage) desc, id limit $8
        """;

    /// <summary>Null where the organization has nothing to find.</summary>
    public async Task<AskedWords?> ReadAsync(string question, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(WordsSql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters = { Organization, new() { Value = Words.Fold(question) } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (found, passages, revision) = (new List<(string Word, bool IsKnown, string? Lexeme, int Passages)>(), 0, 0L);
        while (await reader.ReadAsync(ct))
        {
            (passages, revision) = (reader.GetInt32(0), reader.GetInt64(1));
            if (!reader.IsDBNull(2))
                found.Add((reader.GetString(2), reader.GetBoolean(3), reader.IsDBNull(4) ? null : reader.GetString(4),
                    reader.IsDBNull(5) ? 0 : reader.GetInt32(5)));
        }
        if (passages == 0) return null;
        return new AskedWords([.. found.GroupBy(f => f.Word)
            .Select(g => TermOf([.. g.Where(v => v.Lexeme is not null).Select(v => v.Lexeme!)], g.Sum(v => v.Passages), g.First().IsKnown,
                passages))], revision);
    }

    /// <summary>The best first, among passages of these documents.</summary>
    public async Task<List<TextHit>> FindAsync(AskedWords words, long[] documents, int limit, CancellationToken ct)
    {
        var hits = new List<TextHit>();
        var terms = words.Terms.Where(t => t.Lexemes.Length > 0).OrderBy(t => t.Passages).ToList();
        if (terms.Count == 0 || documents.Length == 0) return hits;
        var choosing = terms.Where((t, i) => i == 0 || terms.Take(i + 1).Sum(x => (long)x.Passages) <= MostCandidates);
        var missing = words.Terms.Where(t => t.Lexemes.Length == 0).ToList();
        await using var command = new NpgsqlCommand(FindSql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                Organization, new() { Value = string.Join(" | ", choosing.Select(t => t.Query)) }, new() { Value = documents },
                new() { Value = terms.Select(t => (string?)t.Query).Concat(missing.Select(_ => (string?)null)).ToArray() },
                new() { Value = terms.Concat(missing).Select(t => t.Weight).ToArray() },
                new() { Value = terms.Concat(missing).Select(t => Math.Max(1, t.Lexemes.Length)).ToArray() },
                new() { Value = MostCandidates * 2 }, new() { Value = limit },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) hits.Add(new TextHit(new PassageId(reader.GetInt64(0)), reader.GetFloat(1), reader.GetFloat(2)));
        return hits;
    }

    // Robertson's weight of a word by the passages that have it; one that is only alike says less. Of a few passages nobody can tell which
    // words are rare: they are weighed as if so many more stood there, of which each word is in one.
    private static Term TermOf(string[] lexemes, int passages, bool isKnown, int all)
    {
        var (among, having) = (all + Background, passages + 1);
        var weight = MathF.Log(1 + ((Math.Max(0, among - having) + 0.5f) / (having + 0.5f)));
        return new Term(lexemes, !isKnown && lexemes.Length > 0 ? weight * 0.7f : weight, passages, isKnown);
    }

    private NpgsqlParameter Organization => new() { Value = work.Tenant.Required.Value };
}
