using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using RealEstateOs.Platform.Observability.Metrics;

namespace RealEstateOs.UnitTests.Platform;

public sealed partial class PrometheusExporterTests
{
    [Fact]
    public void Each_kind_of_instrument_has_its_name_type_and_value()
    {
        var lines = Scrape(meter =>
        {
            meter.CreateCounter<long>("http.requests", "{request}", "Requests\nserved").Add(3,
                new KeyValuePair<string, object?>("http.route", "/a/{id}"));
            meter.CreateCounter<double>("energy_total", "J").Add(1.5);
            meter.CreateUpDownCounter<int>("queue.length").Add(-2);
            meter.CreateObservableGauge("memory.used", () => 1024L, "By");
            meter.CreateGauge<double>("temperature").Record(double.PositiveInfinity);
        });

        Assert.Contains("# HELP http_requests_total Requests\\nserved", lines);
        Assert.Contains("# TYPE http_requests_total counter", lines);
        Assert.Contains("http_requests_total{http_route=\"/a/{id}\"} 3", lines);
        Assert.Contains("energy_total 1.5", lines);
        Assert.Contains("# TYPE queue_length gauge", lines);
        Assert.Contains("queue_length -2", lines);
        Assert.Contains("memory_used_bytes 1024", lines);
        Assert.Contains("temperature +Inf", lines);
    }

    [Fact]
    public void Buckets_of_a_histogram_are_cumulative_and_end_with_everything()
    {
        var lines = Scrape(meter =>
        {
            var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] };
            var histogram = meter.CreateHistogram("duration", "s", null, null, advice);
            foreach (var value in (double[])[0.05, 0.06, 0.5, 7]) histogram.Record(value);
        });
        Assert.Equal(
            [
                "# TYPE duration_seconds histogram", "duration_seconds_bucket{le=\"0.1\"} 2", "duration_seconds_bucket{le=\"1\"} 3",
                "duration_seconds_bucket{le=\"+Inf\"} 4", "duration_seconds_sum 7.61", "duration_seconds_count 4",
            ],
            lines);
    }

    [Fact]
    public void Hostile_names_and_values_stay_one_valid_line()
    {
        var lines = Scrape(meter => meter.CreateCounter<int>("lives/of-a..cat").Add(
            1,
            new KeyValuePair<string, object?>("le", "a\"b\\c\nd"),
            new KeyValuePair<string, object?>("a.b", 1.5),
            new KeyValuePair<string, object?>("a_b", null)));
        Assert.Contains("lives_of_a_cat_total{a_b=\"1.5;\",le_=\"a\\\"b\\\\c\\nd\"} 1", lines);
    }

    [Fact]
    public void Two_meters_with_one_name_make_one_family_without_doubled_series()
    {
        var name = $"Test{Guid.NewGuid():N}";
        using var other = new Meter(name + ".other");
        var lines = Scrape(
            meter =>
            {
                meter.CreateCounter<int>("shared").Add(1);
                other.CreateCounter<int>("shared").Add(5);
                other.CreateCounter<int>("shared").Add(7, new KeyValuePair<string, object?>("from", "other"));
            },
            other.Name);
        Assert.Single(lines, "# TYPE shared_total counter");
        Assert.Single(lines, line => line.StartsWith("shared_total ", StringComparison.Ordinal));
        Assert.Contains("shared_total{from=\"other\"} 7", lines);
    }

    [Fact]
    public void The_runtimes_own_measures_pass_a_strict_reader()
    {
        using var pipeline = new TelemetryPipeline(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        var text = pipeline.Prometheus.Scrape();
        Assert.Contains("# TYPE dotnet_process_memory_working_set_bytes gauge", text, StringComparison.Ordinal);
        Assert.True(ReadStrictly(text) > 20);
    }

    private static string[] Scrape(Action<Meter> measure, string? alsoFrom = null)
    {
        using var meter = new Meter($"Test{Guid.NewGuid():N}");
        var exporter = new PrometheusExporter();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter([meter.Name, .. alsoFrom is null ? Array.Empty<string>() : [alsoFrom]])
            .AddReader(new BaseExportingMetricReader(exporter)).Build();
        measure(meter);
        var text = exporter.Scrape();
        ReadStrictly(text);
        return text.TrimEnd('\n').Split('\n');
    }

    /// <summary>
    /// What promtool insists on: grammar, one declaration a family before its samples, no series twice, cumulative buckets.
    /// </summary>
    internal static int ReadStrictly(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var series = new HashSet<string>(StringComparer.Ordinal);
        var buckets = new Dictionary<string, double>(StringComparer.Ordinal);
        var current = "";
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal)) continue;
            if (TypeLine().Match(line) is { Success: true } type)
            {
                current = type.Groups[1].Value;
                Assert.True(types.TryAdd(current, type.Groups[2].Value), $"{current} is declared twice");
                continue;
            }
            var sample = SampleLine().Match(line);
            Assert.True(sample.Success, $"not a sample: {line}");
            var name = sample.Groups[1].Value;
            var family = types.GetValueOrDefault(current) == "histogram" ? HistogramSuffix().Replace(name, "") : name;
            Assert.Equal(current, family);
            Assert.True(series.Add(name + sample.Groups[2].Value), $"twice: {line}");
            if (types[current] == "counter") Assert.EndsWith("_total", name, StringComparison.Ordinal);
            if (!name.EndsWith("_bucket", StringComparison.Ordinal) || types[current] != "histogram") continue;
            var without = BucketBound().Replace(sample.Groups[2].Value, "");
            var count = double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture);
            Assert.True(count >= buckets.GetValueOrDefault(name + without), $"not cumulative: {line}");
            buckets[name + without] = count;
        }
        return series.Count;
    }

    [GeneratedRegex("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)((?:\{[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*")*\})?) ([+-]Inf|NaN|[-+0-9.eE]+)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex HistogramSuffix();

    [GeneratedRegex(",?le=\"[^\"]*\"")]
    private static partial Regex BucketBound();
}
