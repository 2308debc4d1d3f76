using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>
/// The embeddings of an organization in memory, compared one by one: exact, and fast enough for a hundred thousand. Loaded beside the
/// requests when somebody asks, brought up to date when the revision has moved on.
/// </summary>
internal sealed class VectorIndex(DataSources sources, Embedder embedder, IOptions<AssistantOptions> options, TimeProvider clock,
    ILogger<VectorIndex> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    // As the system, because it runs outside any request; the organization stands in the query.
    private const string LoadSql =
        """
        select p.id, p.document_id, p.generation, p.revision, p.embedding from assistant.passages as p
        where p.organization_id = $1 and p.revision > $2 and p.embedding is not null and p.embedded_by = $3
        order by p.revision
        """;

    private readonly ConcurrentDictionary<OrganizationId, Shelf> shelves = new();

    /// <summary>The passages most alike, among these documents; null while the embeddings are being loaded.</summary>
    public async Task<List<(long Id, float Similarity)>?> FindAsync(OrganizationId organization, long revision, float[] question,
        IReadOnlySet<long> documents, int limit, CancellationToken ct)
    {
        var shelf = shelves.GetOrAdd(organization, _ => new Shelf());
        shelf.UsedAt = clock.GetTimestamp();
        if (shelf.Revision < revision)
        {
            var loading = shelf.LoadOnce(() => LoadAsync(organization, shelf, revision));
            await Task.WhenAny(loading, Task.Delay(Patience, clock, ct));
            if (shelf.Revision == 0) return null;
        }
        return shelf.Nearest(question, documents, limit);
    }

    private async Task LoadAsync(OrganizationId organization, Shelf shelf, long revision)
    {
        try
        {
            await using var command = sources.System.CreateCommand(LoadSql);
            command.Parameters.Add(new NpgsqlParameter { Value = organization.Value });
            command.Parameters.Add(new NpgsqlParameter { Value = shelf.Revision });
            command.Parameters.Add(new NpgsqlParameter { Value = embedder.Model! });
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<Row>();
            while (await reader.ReadAsync())
                rows.Add(new Row(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt64(3),
                    reader.GetFieldValue<float[]>(4)));
            shelf.Add(rows, revision);
            MakeRoom();
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            log.LogWarning("The embeddings of an organization could not be loaded: {Reason}", fault.Message);
        }
    }

    private void MakeRoom()
    {
        foreach (var (organization, shelf) in shelves.OrderBy(s => s.Value.UsedAt).ToList())
        {
            if (shelves.Count == 1 || shelves.Sum(s => s.Value.Bytes) <= options.Value.EmbeddingMemoryMb * 1024L * 1024) return;
            shelves.TryRemove(KeyValuePair.Create(organization, shelf));
        }
    }

    private sealed record Row(long Id, long Document, int Generation, long Revision, float[] Vector);

    /// <summary>Blocks of embeddings that never change; which of them still count changes by replacing the list.</summary>
    private sealed class Shelf
    {
        private const int BlockSize = 1024;

        private readonly Lock gate = new();
        private volatile Block[] blocks = [];
        private Task loading = Task.CompletedTask;
        private long revision;

        public long UsedAt { get; set; }

        public long Revision => Interlocked.Read(ref revision);

        public long Bytes => blocks.Sum(b => (long)b.Vectors.Length * sizeof(float));

        public Task LoadOnce(Func<Task> load)
        {
            lock (gate) return loading.IsCompleted ? loading = Task.Run(load) : loading;
        }

        public void Add(List<Row> rows, long upTo)
        {
            // A document that was read in again comes with a higher generation: what stood for it before is left out from now on.
            var latest = rows.GroupBy(r => r.Document).ToDictionary(g => g.Key, g => g.Max(r => r.Generation));
            var kept = blocks.Select(b => b.Without(latest)).Where(b => b.Ids.Length > 0).ToList();
            kept.AddRange(rows.Where(r => r.Generation == latest[r.Document]).Chunk(BlockSize).Select(Block.Of));
            blocks = kept.Count > 64 && kept.Average(b => b.Ids.Length) < BlockSize / 2 ? Block.Merged(kept, BlockSize) : [.. kept];
            Interlocked.Exchange(ref revision, Math.Max(upTo, rows.Count > 0 ? rows[^1].Revision : 0));
        }

        public List<(long Id, float Similarity)> Nearest(float[] question, IReadOnlySet<long> documents, int limit)
        {
            var best = new PriorityQueue<long, float>();
            foreach (var block in blocks)
            {
                if (block.Dimensions != question.Length) continue;
                for (var i = 0; i < block.Ids.Length; i++)
                {
                    if (!documents.Contains(block.Documents[i])) continue;
                    // Vectors have length 1: their product is the cosine.
                    var similarity = TensorPrimitives.Dot(question, block.Vectors.AsSpan(i * block.Dimensions, block.Dimensions));
                    if (best.Count < limit) best.Enqueue(block.Ids[i], similarity);
                    else if (best.TryPeek(out _, out var worst) && similarity > worst) best.EnqueueDequeue(block.Ids[i], similarity);
                }
            }
            var found = new List<(long, float)>(best.Count);
            while (best.TryDequeue(out var id, out var similarity)) found.Add((id, similarity));
            found.Reverse();
            return found;
        }
    }

    private sealed record Block(long[] Ids, long[] Documents, int[] Generations, float[] Vectors)
    {
        public int Dimensions => Vectors.Length / Ids.Length;

        public static Block Of(IReadOnlyList<Row> rows) =>
            new([.. rows.Select(r => r.Id)], [.. rows.Select(r => r.Document)], [.. rows.Select(r => r.Generation)],
                [.. rows.SelectMany(r => r.Vector)]);

        public static Block[] Merged(IEnumerable<Block> blocks, int size) =>
            [.. blocks.SelectMany(b => Enumerable.Range(0, b.Ids.Length).Select(b.RowAt)).Chunk(size).Select(Of)];

        public Block Without(Dictionary<long, int> latest)
        {
            if (!Documents.Any(latest.ContainsKey)) return this;
            return Of([.. Enumerable.Range(0, Ids.Length)
                .Where(i => !latest.TryGetValue(Documents[i], out var generation) || Generations[i] == generation).Select(RowAt)]);
        }

        private Row RowAt(int i) =>
            new(Ids[i], Documents[i], Generations[i], 0, Vectors[(i * Dimensions)..((i + 1) * Dimensions)]);
    }
}
