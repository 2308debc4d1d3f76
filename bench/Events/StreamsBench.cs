using System.Diagnostics;

namespace RealEstateOs.Bench.Events;

/// <summary>Thousands of live streams of one office, whose readers are another process.</summary>
internal static class StreamsBench
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(int streams, TimeSpan time)
    {
        await using var host = await EventHost.StartAsync(("Events:StreamsPerUser", $"{streams + 10}"));
        var before = Memory();
        using var readers = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(Entry).Assembly.Location, "readers", host.Host.Client.BaseAddress!.ToString(), await host.StreamTokenAsync(),
                $"{streams}", host.Host.Addresses.SystemConnectionString])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        if (await readers.StandardOutput.ReadLineAsync() != "open") throw new InvalidOperationException("The streams did not open.");
        await Task.Delay(5_000);
        var opened = Memory();
        using var end = new CancellationTokenSource(time);
        var chance = new Random(7);
        var changes = 0;
        while (!end.IsCancellationRequested)
        {
            var property = host.Properties[chance.Next(host.Properties.Length)];
            await host.Host.SendAsync(HttpMethod.Patch, $"/properties/{property}", new { price = chance.Next(80_000, 900_000) });
            changes++;
            await Task.Delay(Pause);
        }
        await Task.Delay(3_000);
        var busy = Memory();
        readers.StandardInput.Close();
        Console.WriteLine(
            $"{streams:N0} live streams of one office, {changes / time.TotalSeconds:N1} changes a second for {time.TotalSeconds:N0} s.");
        Console.WriteLine(await readers.StandardOutput.ReadToEndAsync());
        Console.WriteLine(
            $"Memory of the host, MB: {before} before, {opened} with all open, {busy} after the changes: "
            + $"{(opened - before) * 1024.0 / streams:N0} KB a stream.");
        await readers.WaitForExitAsync();
    }

    private static long Memory()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1024 / 1024;
    }
}
