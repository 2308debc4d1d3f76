using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace RealEstateOs.Analytics.Health;

/// <param name="Errors">Answered with 500 or above.</param>
internal readonly record struct TrafficFigures(long Requests, long Errors, double Seconds)
{
    public double? MeanMilliseconds => Requests == 0 ? null : Math.Round(Seconds / Requests * 1000, 1);
}

/// <summary>What this host answered within the last minutes, by its own measure of each request.</summary>
internal sealed class Traffic(TimeProvider clock) : IHostedService, IDisposable
{
    private const int Minutes = 60;

    private readonly MeterListener listener = new();
    private readonly Lock gate = new();
    private readonly (long Minute, TrafficFigures Figures)[] ring = new (long, TrafficFigures)[Minutes];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument is { Meter.Name: "Microsoft.AspNetCore.Hosting",
                Name: "http.server.request.duration" }) listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Add(seconds, tags));
        listener.Start();
        return Task.CompletedTask;
    }

    /// <summary>Of the running minute and those before it.</summary>
    public TrafficFigures Of(int minutes)
    {
        var now = Minute();
        lock (gate)
            return ring.Where(m => m.Minute > now - minutes).Aggregate(
                default(TrafficFigures), (sum, m) => new(sum.Requests + m.Figures.Requests, sum.Errors + m.Figures.Errors,
                    sum.Seconds + m.Figures.Seconds));
    }

    private void Add(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var failed = false;
        foreach (var tag in tags) failed |= tag is { Key: "http.response.status_code", Value: >= 500 };
        var minute = Minute();
        lock (gate)
        {
            ref var slot = ref ring[minute % Minutes];
            if (slot.Minute != minute) slot = (minute, default);
            slot.Figures = new(slot.Figures.Requests + 1, slot.Figures.Errors + (failed ? 1 : 0), slot.Figures.Seconds + seconds);
        }
    }

    private long Minute() => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();
}
