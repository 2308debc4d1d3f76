using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RealEstateOs.Platform.Observability.Metrics;

internal static class TelemetryPipeline
{
    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql", Telemetry.Name,
            Jobs.JobMetrics.MeterName];

    // Of these each measure has a handful of series, for each of which the library would set aside two thousand places at once.
    private static readonly string[] Small = ["Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql"];
    private const int FewSeries = 100;

    /// <summary>
    /// Measures for <c>/metrics</c>; with <c>Otlp:Endpoint</c> measures and traces go to that collector too (http/protobuf).
    /// </summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var collector = configuration["Otlp:Endpoint"] is { Length: > 0 } endpoint ? endpoint.TrimEnd('/') : null;
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("real-estate-os-api", serviceVersion: ServiceInfo.Version))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters)
                    .AddView(i => Small.Contains(i.Meter.Name) ? new MetricStreamConfiguration { CardinalityLimit = FewSeries } : null)
                    .AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
                if (collector is not null) metrics.AddOtlpExporter(otlp => To(otlp, collector, "metrics"));
            });
        if (collector is null) return;
        telemetry.WithTracing(traces => traces.AddSource("Microsoft.AspNetCore", "Npgsql", Telemetry.Name)
            .AddOtlpExporter(otlp => To(otlp, collector, "traces")));
    }

    private static void To(OtlpExporterOptions otlp, string collector, string signal)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri($"{collector}/v1/{signal}");
    }
}
