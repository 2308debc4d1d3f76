using System.Globalization;

namespace RealEstateOs.Bench.Assistant;

/// <summary>A class, because the name Program is the host's.</summary>
internal static class Entry
{
    private const string Usage =
        """
        Measures the assistant without a language model, on a private PostgreSQL that keeps what it promises (fsync on).
          questions            which passages are found for the questions of the tests: by words, by meaning, by both
                               (REOS_BENCH_EACH=true tells the place of each)
          retrieval [100000]   how long it takes among so many passages of one office, and how fast they are read in
          chats [200] [600]    so many chats at once, for so many seconds: when the first words come, and what memory does
        """;

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        int Number(int place, int otherwise) =>
        args.Length > place && int.TryParse(args[place], out var given) && given > 0 ? given : otherwise;
        switch (args.FirstOrDefault())
        {
            case "questions": await QuestionBench.RunAsync(); return 0;
            case "retrieval": await RetrievalBench.RunAsync(Number(1, 100_000)); return 0;
            case "chats": await ChatBench.RunAsync(Number(1, 200), TimeSpan.FromSeconds(Number(2, 600))); return 0;
            default: await Console.Error.WriteLineAsync(Usage); return 2;
        }
    }
}
