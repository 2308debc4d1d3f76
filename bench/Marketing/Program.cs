using System.Globalization;

namespace RealEstateOs.Bench.Marketing;

/// <summary>A class, because the name Program is the host's.</summary>
internal static class Entry
{
    private const string Usage =
        """
        Measures how advertisements are made, in the Chromium of this machine.
          render [20]  flyers and pictures on warm pages beside a new browser context for each, so many of each kind and way
          queue [100]  so many queued assets by the whole product: their time, and the memory of host and browser together
        """;

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var count = args.Length > 1 && int.TryParse(args[1], out var given) && given > 0 ? given : (int?)null;
        switch (args.FirstOrDefault())
        {
            case "render": await RenderBench.RunAsync(count ?? 20); return 0;
            case "queue": await QueueBench.RunAsync(count ?? 100); return 0;
            default: await Console.Error.WriteLineAsync(Usage); return 2;
        }
    }
}
