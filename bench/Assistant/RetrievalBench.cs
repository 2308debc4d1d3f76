using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Bench.Outreach;

namespace RealEstateOs.Bench.Assistant;

/// <summary>
/// Many passages of one office, made of words that come as often as words do (Zipf); their embeddings are vectors of chance.
/// </summary>
internal static class RetrievalBench
{
    private const int WordsOfAPassage = 100, PassagesOfADocument = 500, Vocabulary = 20_000, Questions = 200;

    // A page of a document is two or three passages.
    private const double PassagesOfAPage = 2.5;

    private static readonly Random Chance = new(7);
    private static readonly double[] Cumulative = Zipf();

    public static async Task RunAsync(int passages)
    {
        await using var host = await BenchHost.StartAsync(_ => { }, ("Assistant:MaxFileMb", "100"), ("RateLimits:Enabled", "false"));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < passages; i += PassagesOfADocument)
            await host.UploadAsync(Document(Math.Min(PassagesOfADocument, passages - i)), $"document {i / PassagesOfADocument}.txt");
        await host.ReadInAsync(embedded: false);
        var count = await host.ScalarAsync<long>("select count(*) from assistant.passages");
        var speed = count / clock.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"Read in, found by words:  {count:N0} passages, {speed:N0} a second = {speed / PassagesOfAPage:N0} pages a second");
        await GiveEmbeddingsAsync(host);
        await using var scope = await host.SignedInAsync();
        var retriever = scope.ServiceProvider.GetRequiredService<Retriever>();
        while ((await retriever.FindAsync(Question(), 8, default)).Mode != RetrievalMode.Hybrid) await Task.Delay(500);
        for (var i = 0; i < 20; i++) await retriever.FindAsync(Question(), 8, default);
        Console.WriteLine($"Retrieval, {Questions} questions one after the other, medians:");
        var found = await Desk.MedianAsync(Questions, _ => retriever.FindAsync(Question(), 8, default));
        Console.WriteLine($"  words and meaning                      {found,7:F0} ms");
        var answered = await Desk.MedianAsync(Questions, _ => host.SendAsync(HttpMethod.Post, "/ai/assist", new { message = Question() }));
        Console.WriteLine($"  an answer over HTTP, from end to end   {answered,7:F0} ms");
    }

    // To embed a hundred thousand passages takes an hour of two cores; what is compared costs the same whatever it says.
    private static async Task GiveEmbeddingsAsync(BenchHost host)
    {
        await host.ScalarAsync<object>(
            """
            update platform.jobs set state = 'cancelled', finished_at = now() where kind = 'assistant.embed' and state = 'queued'
                returning 1
            """);
        await host.ScalarAsync<object>(
            """
            with next as (update assistant.corpora set revision = revision + 1 returning revision, organization_id),
            pool as materialized (
                select n, array_agg((v / length)::real order by i) as vector from (
                    select n, i, v, sqrt(sum(v * v) over (partition by n)) as length
                    from (select n, i, random() - 0.5 as v from generate_series(0, 999) as n, generate_series(1, 384) as i) as x) as y
                        group by n)
            update assistant.passages as p set embedding = pool.vector, embedded_by = 'arctic-xs', revision = next.revision
            from next, pool where pool.n = p.id % 1000 returning 1
            """);
    }

    private static byte[] Document(int passages)
    {
        var text = new StringBuilder();
        for (var i = 0; i < passages; i++)
        {
            for (var w = 0; w < WordsOfAPassage; w++) text.Append(Word()).Append(w % 12 == 11 ? ". " : " ");
            text.Append("\n\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Question() => $"What is the {Word()} {Word()} of {Word()} {Word()}?";

    // A word that nobody knows, of letters alone, so that no stemmer shortens it.
    private static string Word()
    {
        var place = Array.BinarySearch(Cumulative, Chance.NextDouble());
        var number = place < 0 ? ~place : place;
        var word = new char[6];
        for (var i = 0; i < word.Length; i++, number /= 12) word[i] = "bcdfghklmnpr"[number % 12];
        return new string(word);
    }

    private static double[] Zipf()
    {
        var weights = Enumerable.Range(1, Vocabulary).Select(rank => 1.0 / (rank + 20)).ToArray();
        var (all, sum) = (weights.Sum(), 0.0);
        return [.. weights.Select(w => sum += w / all)];
    }
}
