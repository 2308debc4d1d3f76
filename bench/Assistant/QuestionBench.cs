using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Assistant;
using RealEstateOs.Assistant;
using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Bench.Outreach;

namespace RealEstateOs.Bench.Assistant;

/// <summary>Is the passage that says it among the first five, and at which place? By words alone, by meaning alone, by both.</summary>
internal static class QuestionBench
{
    private const int Depth = 50;

    public static async Task RunAsync()
    {
        await RunAsync("of the tests, over papers of an office and pages of the documentation", Questions.Files(),
            [.. Questions.All.Select(q => new Asked(q.Question, q.Title, q.Says))]);
        await RunAsync("over the whole documentation and all decisions", ManualQuestions.Files(),
            [.. ManualQuestions.All.Select(q => new Asked(q.Question, null, q.Says))]);
    }

    private static async Task RunAsync(string of, IReadOnlyList<string> files, IReadOnlyList<Asked> questions)
    {
        await using var host = await BenchHost.StartAsync(_ => { });
        foreach (var file in files) await host.UploadAsync(await File.ReadAllBytesAsync(file), Path.GetFileName(file));
        await host.ReadInAsync(embedded: true);
        await using var scope = await host.SignedInAsync();
        var services = scope.ServiceProvider;
        var (db, words, retriever) = (services.GetRequiredService<AssistantDb>(), services.GetRequiredService<FullText>(),
            services.GetRequiredService<Retriever>());
        var documents = (await db.Documents.Select(d => d.Id).ToListAsync()).ConvertAll(d => d.Value);
        var texts = await db.Passages.Join(db.Documents, p => p.DocumentId, d => d.Id,
            (p, d) => new { Id = p.Id.Value, d.Title, p.Content })
            .ToDictionaryAsync(p => p.Id, p => (p.Title, Content: WithoutMarks(p.Content)));
        while ((await retriever.FindAsync("Until when may we swim?", 1, default)).Mode != RetrievalMode.Hybrid) await Task.Delay(200);

        var places = new Dictionary<string, List<int>> { ["words"] = [], ["meaning"] = [], ["both"] = [] };
        foreach (var (question, title, says) in questions)
        {
            if (!texts.Values.Any(t => Says(t, title, says))) throw new InvalidOperationException($"No passage says: {says}");
            var asked = (await words.ReadAsync(question, default))!;
            Note("words", (await words.FindAsync(asked, [.. documents], Depth, default)).Select(h => h.Id.Value));
            var embedder = services.GetRequiredService<Embedder>();
            var vector = !embedder.Languages.Contains(Languages.Of(question)) ? null
                : await embedder.QuestionAsync(new(host.Organization, default), question, default);
            var alike = vector is null ? [] : await Index(services).FindAsync(host.Organization, asked.Revision, vector,
                documents.ToHashSet(), Depth, default);
            Note("meaning", (alike ?? []).Select(a => a.Id));
            Note("both", (await retriever.FindAsync(question, Depth, default)).Passages.Select(p => p.Id.Value));

            void Note(string way, IEnumerable<long> found) =>
                places[way].Add(found.ToList().FindIndex(id => Says(texts[id], title, says)) + 1);
        }
        Console.WriteLine(
            $"{questions.Count} questions {of}: {texts.Count} passages of {documents.Count} documents; embeddings know English only:");
        foreach (var (way, found) in places)
            Console.WriteLine(
                $"  {way,-8} recall@1 {Share(found, 1):0.00}   recall@5 {Share(found, 5):0.00}   MRR {Mrr(found):0.00}");
        Console.WriteLine(
            $"  both against the better single one: recall@5 {Against(p => Share(p, 5)):0.00} times, MRR {Against(Mrr):0.00} times");
        if (Environment.GetEnvironmentVariable("REOS_BENCH_EACH") == "true")
            for (var i = 0; i < questions.Count; i++)
                Console.WriteLine($"  {places["words"][i],3} {places["meaning"][i],3} {places["both"][i],3}  {questions[i].Question}");

        double Against(Func<List<int>, double> figure) =>
            figure(places["both"]) / Math.Max(figure(places["words"]), figure(places["meaning"]));
    }

    private static bool Says((string Title, string Content) passage, string? title, string says) =>
        (title is null || passage.Title == title) && passage.Content.Contains(says, StringComparison.OrdinalIgnoreCase);

    private static string WithoutMarks(string text) =>
        text.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);

    private static double Mrr(List<int> places) => places.Average(p => p == 0 ? 0 : 1.0 / p);

    private sealed record Asked(string Question, string? Title, string Says);

    private static VectorIndex Index(IServiceProvider services) => services.GetRequiredService<VectorIndex>();

    private static double Share(List<int> places, int within) => places.Count(p => p > 0 && p <= within) / (double)places.Count;
}
