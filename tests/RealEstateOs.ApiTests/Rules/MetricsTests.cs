using System.Globalization;
using System.Text.RegularExpressions;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed partial class MetricsTests(Server server)
{
    [Fact]
    public async Task What_prometheus_scrapes_passes_a_strict_reader_and_counts_requests_jobs_and_the_runtime()
    {
        // A process of its own: meters belong to the process, and this one has other tests' hosts in it.
        await using var own = await OwnInstallation.OpenAsync(server);
        await using var host = await own.StartAsync();
        var anybody = new Actor(host.Client, null);
        await anybody.GetAsync("/live");
        var text = await Eventually.UntilAsync(async () => (await anybody.GetAsync("/metrics")).Text,
            text => text.Contains("\njobs_duration_seconds_count", StringComparison.Ordinal)); // recurring ones run by themselves
        Assert.Contains("# TYPE dotnet_process_memory_working_set_bytes gauge", text, StringComparison.Ordinal);
        Assert.Matches("http_server_request_duration_seconds_count\\{[^}]*http_route=\"/live\"", text);
        Assert.True(ReadStrictly(text) > 20);
    }

    /// <summary>
    /// What promtool insists on: grammar, one declaration a family before its samples, no series twice, cumulative buckets.
    /// </summary>
    private static int ReadStrictly(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var series = new HashSet<string>(StringComparer.Ordinal);
        var buckets = new Dictionary<string, double>(StringComparer.Ordinal);
        var current = "";
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal) || line == "# EOF") continue;
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
