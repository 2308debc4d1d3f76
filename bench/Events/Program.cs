using System.Globalization;

namespace RealEstateOs.Bench.Events;

/// <summary>A class, because the name Program is the host's.</summary>
internal static class Entry
{
    private const string Usage =
        """
        Measures how long after its moment an event reaches a handler in the product, a live stream and the queue of webhooks, on a
        private PostgreSQL that keeps what it promises (fsync on).
          rate [20]              while properties are changed as fast as 16 connections can, for so many seconds
          streams [5000] [30]    so many live streams of one office, ten changes a second for so many seconds: lag, and memory of a stream
          together [10000] [100000]  a campaign to so many, an import of so many rows, and changes as fast as they go, at once
        """;

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        int Number(int place, int otherwise) =>
            args.Length > place && int.TryParse(args[place], out var given) && given > 0 ? given : otherwise;
        switch (args.FirstOrDefault())
        {
            case "rate": await RateBench.RunAsync(TimeSpan.FromSeconds(Number(1, 20))); return 0;
            case "streams": await StreamsBench.RunAsync(Number(1, 5_000), TimeSpan.FromSeconds(Number(2, 30))); return 0;
            case "readers": await StreamReaders.RunAsync(args[1..]); return 0; // of the one before
            case "together": await TogetherBench.RunAsync(Number(1, 10_000), Number(2, 100_000)); return 0;
            default: await Console.Error.WriteLineAsync(Usage); return 2;
        }
    }
}
