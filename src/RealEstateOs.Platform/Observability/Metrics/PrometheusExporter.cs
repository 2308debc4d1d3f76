using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace RealEstateOs.Platform.Observability.Metrics;

/// <summary>Collects when it is asked, as Prometheus scrapes.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _gate = new();
    private string _text = "";

    public Func<int, bool>? Collect { get; set; }

    public string Scrape()
    {
        lock (_gate)
        {
            Collect?.Invoke(5_000);
            return _text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // Two meters may measure under one name: a family is declared once and each series stands once.
        var families = new SortedDictionary<string, Family>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            if (TypeOf(metric.MetricType) is not { } type) continue;
            var name = PrometheusNames.Family(metric.Name, metric.Unit, type == "counter");
            if (!families.TryGetValue(name, out var family))
                families[name] = family = new Family(name, type, metric.Description);
            if (family.Type != type) continue;
            foreach (ref readonly var point in metric.GetMetricPoints()) family.Add(metric.MetricType, in point);
        }
        var text = new StringBuilder();
        foreach (var family in families.Values) family.WriteTo(text);
        _text = text.ToString();
        return ExportResult.Success;
    }

    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic or MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    private sealed class Family(string name, string type, string help)
    {
        private readonly StringBuilder _samples = new();
        private readonly HashSet<string> _series = new(StringComparer.Ordinal);

        public string Type => type;

        public void Add(MetricType kind, ref readonly MetricPoint point)
        {
            var labels = PrometheusNames.Labels(point.Tags);
            if (!_series.Add(labels)) return;
            switch (kind)
            {
                case MetricType.Histogram:
                    AddHistogram(labels, in point);
                    break;
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    Sample("", labels, Number(point.GetSumLong()));
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    Sample("", labels, PrometheusNames.Number(point.GetSumDouble()));
                    break;
                case MetricType.LongGauge:
                    Sample("", labels, Number(point.GetGaugeLastValueLong()));
                    break;
                default:
                    Sample("", labels, PrometheusNames.Number(point.GetGaugeLastValueDouble()));
                    break;
            }
        }

        public void WriteTo(StringBuilder text)
        {
            if (_samples.Length == 0) return;
            if (!string.IsNullOrEmpty(help))
                text.Append("# HELP ").Append(name).Append(' ').Append(PrometheusNames.EscapeHelp(help)).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n').Append(_samples);
        }

        private void AddHistogram(string labels, ref readonly MetricPoint point)
        {
            var comma = labels.Length == 0 ? "" : ",";
            long count = 0;
            foreach (var bucket in point.GetHistogramBuckets())
            {
                count += bucket.BucketCount;
                Sample("_bucket", $"{labels}{comma}le=\"{PrometheusNames.Number(bucket.ExplicitBound)}\"", Number(count));
            }
            Sample("_sum", labels, PrometheusNames.Number(point.GetHistogramSum()));
            Sample("_count", labels, Number(count));
        }

        private void Sample(string suffix, string labels, string value)
        {
            _samples.Append(name).Append(suffix);
            if (labels.Length > 0) _samples.Append('{').Append(labels).Append('}');
            _samples.Append(' ').Append(value).Append('\n');
        }

        private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
