using RealEstateOs.DevServices;

namespace RealEstateOs.Bench.Host;

/// <summary>How long a start takes, builds turn about, and what each holds when nobody asks.</summary>
internal static class StartBench
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(DevServiceAddresses addresses, string[] builds, int times)
    {
        await EverythingBench.PlantAsync(addresses, builds[0], Idle);
        var ready = builds.ToDictionary(build => build, _ => new List<double>());
        for (var i = 0; i < times; i++)
            foreach (var build in builds)
                await using (var host = await HostUnderTest.StartAsync(addresses, build, "Production")) ready[build].Add(host.Ready);

        Console.WriteLine("| build | ready s, median | least | most | idle MB | of it anonymous |\n|---|--:|--:|--:|--:|--:|");
        foreach (var (build, seconds) in ready)
        {
            await using var host = await HostUnderTest.StartAsync(addresses, build, "Production");
            await Task.Delay(Idle);
            var (memory, sorted) = (host.Memory(), seconds.Order().ToArray());
            Console.WriteLine($"| {build} | {sorted[sorted.Length / 2]:0.00} | {sorted[0]:0.00} | {sorted[^1]:0.00} "
                + $"| {memory.Resident:0} | {memory.Anonymous:0} |");
        }
    }
}
