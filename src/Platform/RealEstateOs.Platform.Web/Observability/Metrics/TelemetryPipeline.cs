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
                metrics.AddMeter(Meters).AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
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
