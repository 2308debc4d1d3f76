using System.Diagnostics.Metrics;

namespace RealEstateOs.Platform.Jobs;

internal static class JobMetrics
{
    public const string MeterName = "RealEstateOs.Jobs";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("jobs.duration", "s",
        "Attempts at jobs, by kind and outcome.");

    public static void Ended(string kind, string outcome, TimeSpan took) =>
        Duration.Record(took.TotalSeconds, new("kind", kind), new("outcome", outcome));
}
