using Npgsql;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>
/// Finds the documents whose passages the present model did not embed (another one did, or none while there was no budget), in all tenants,
/// and has them embedded. Until then they are found by their words.
/// </summary>
internal sealed class EmbedAnew(DataSources sources, JobQueue jobs, Embedder embedder) : IRecurringJob
{
    public const string Kind = "assistant.embed_anew";

    private const int Most = 1_000;

    private const string Sql =
        """
        select distinct p.organization_id, p.document_id from assistant.passages as p
        join assistant.documents as d on d.id = p.document_id and d.deleted_at is null
        where (p.embedded_by < $1 or p.embedded_by > $1 or p.embedded_by is null) and p.language = any($2) limit $3
        """;

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        if (embedder.Model is not { } model) return null;
        var documents = new List<(OrganizationId Office, DocumentId Id)>();
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand(Sql, connection, transaction)
        {
            Parameters = { new() { Value = model }, new() { Value = embedder.Languages }, new() { Value = Most } },
        })
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) documents.Add((new(reader.GetInt64(0)), new(reader.GetInt64(1))));
        foreach (var (office, id) in documents)
            await jobs.EnqueueForAsync(transaction, office, EmbedPassages.Kind, new PassagesToEmbed(id), ct, resource: id.Reference(),
                uniqueKey: id.Reference());
        await transaction.CommitAsync(ct);
        return new { documents = documents.Count };
    }
}
