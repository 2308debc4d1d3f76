using System.Globalization;
using RealEstateOs.DevServices;

namespace RealEstateOs.Bench.Host;

/// <summary>A class, because the name Program is the host's.</summary>
internal static class Entry
{
    private const string Usage =
        """
        Measures what a host needs as a process of its own, with the sample data, PostgreSQL and Redis running already.
          start [5] [DLL …]       how long it takes until /ready, so many times, builds turn about; then its memory when idle
          everything [120] [DLL]  its memory each minute, for so many minutes of reads, writes, reports and mails
        DLL is a published RealEstateOs.Host.dll; without one it is the build beside this program.
        """;

    /// <summary>Apart from what the developer's own host keeps.</summary>
    public static PrivateServiceOptions Services { get; } =
        new() { DataFolder = Path.Combine(PrivateServiceOptions.DefaultDataFolder(), "bench") };

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var times = args.Length > 1 && int.TryParse(args[1], CultureInfo.InvariantCulture, out var given) && given > 0 ? given : 0;
        string[] named = [.. args.Skip(times > 0 ? 2 : 1).Select(Path.GetFullPath)];
        string[] builds = named.Length > 0 ? named : [Path.Combine(AppContext.BaseDirectory, "RealEstateOs.Host.dll")];
        if (args.FirstOrDefault() is not ("start" or "everything") || Array.Find(builds, build => !File.Exists(build)) is not null)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        await PrivateServices.EnsureAsync(Services);
        var database = $"bench_{Guid.NewGuid():n}";
        try
        {
            var addresses = await PrivateServices.CreateDatabaseAsync(Services, database);
            if (args[0] == "start") await StartBench.RunAsync(addresses, builds, times > 0 ? times : 5);
            else await EverythingBench.RunAsync(addresses, builds[0], TimeSpan.FromMinutes(times > 0 ? times : 120));
        }
        finally
        {
            await PrivateServices.DropDatabaseAsync(Services, database);
            await PrivateServices.StopAsync(Services.DataFolder);
        }
        return 0;
    }
}
