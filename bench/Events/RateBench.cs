namespace RealEstateOs.Bench.Events;

/// <summary>How far events are behind while properties are changed as fast as it goes.</summary>
internal static class RateBench
{
    private const int Connections = 16;

    public static async Task RunAsync(TimeSpan time)
    {
        await using var host = await EventHost.StartAsync();
        await host.ChangeAsync(Connections, TimeSpan.FromSeconds(3));
        var head = await EventLags.HeadAsync(host.Host);
        var changed = await host.ChangeAsync(Connections, time);
        Console.WriteLine(
            $"{changed.PerSecond:N0} changes a second over {Connections} connections for {time.TotalSeconds:N0} s, "
            + $"{changed.Failed} failed.");
        await EventLags.PrintAsync(host.Host, head, host.Handler, host.Stream);
    }
}
