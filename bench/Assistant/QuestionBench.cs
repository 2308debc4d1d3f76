using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Assistant;
using RealEstateOs.Assistant;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Bench.Outreach;

namespace RealEstateOs.Bench.Assistant;

/// <summary>Is the passage that says it among the first five, and at which place? By words alone, by meaning alone, by both.</summary>
internal static class QuestionBench
{
    private const int Depth = 50;

    public static async Task RunAsync()
    {
        await using var host = await BenchHost.StartAsync(_ => { });
        foreach (var file in Questions.Files()) await host.UploadAsync(await File.ReadAllBytesAsync(file), Path.GetFileName(file));
        await host.ReadInAsync(embedded: true);
        await using var scope = await host.SignedInAsync();
        var services = scope.ServiceProvider;
        var (db, words, retriever) = (services.GetRequiredService<AssistantDb>(), services.GetRequiredService<FullText>(),
            services.GetRequiredService<Retriever>());
        var documents = (await db.Documents.Select(d => d.Id).ToListAsync()).ConvertAll(d => d.Value);
        var texts = await db.Passages.Join(db.Documents, p => p.DocumentId, d => d.Id,
            (p, d) => new { Id = p.Id.Value, d.Title, p.Content })
            .ToDictionaryAsync(p => p.Id, p => (p.Title, p.Content));
        while ((await retriever.FindAsync("Until when may we swim?", 1, default)).Mode != RetrievalMode.Hybrid) await Task.Delay(200);

        var places = new Dictionary<string, List<int>> { ["words"] = [], ["meaning"] = [], ["both"] = [] };
        foreach (var (question, title, says) in Questions.All)
        {
            var asked = (await words.ReadAsync(question, default))!;
            Note("words", (await words.FindAsync(asked, [.. documents], Depth, default)).Select(h => h.Id.Value));
            var vector = await services.GetRequiredService<Embedder>().QuestionAsync(question, default);
            var alike = vector is null ? [] : await Index(services).FindAsync(host.Organization, asked.Revision, vector,
                documents.ToHashSet(), Depth, default);
            Note("meaning", (alike ?? []).Select(a => a.Id));
            Note("both", (await retriever.FindAsync(question, Depth, default)).Passages.Select(p => p.Id.Value));

            void Note(string way, IEnumerable<long> found) => places[way].Add(
                found.ToList().FindIndex(
                    id => texts[id].Title == title && texts[id].Content.Contains(says, StringComparison.OrdinalIgnoreCase)) + 1);
        }
        Console.WriteLine(
            $"{Questions.All.Length} questions over {texts.Count} passages of {documents.Count} documents; embeddings know English only:");
        foreach (var (way, found) in places)
            Console.WriteLine(
                $"  {way,-8} recall@1 {Share(found, 1):0.00}   recall@5 {Share(found, 5):0.00}"
                + $"   MRR {found.Average(p => p == 0 ? 0 : 1.0 / p):0.00}");
        var better = Math.Max(Share(places["words"], 5), Share(places["meaning"], 5));
        Console.WriteLine($"  both against the better single one, recall@5: {Share(places["both"], 5) / better:0.00} times");
    }

    private static VectorIndex Index(IServiceProvider services) => services.GetRequiredService<VectorIndex>();

    private static double Share(List<int> places, int within) => places.Count(p => p > 0 && p <= within) / (double)places.Count;
}
