using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RealEstateOs.Platform.Observability.Metrics;

/// <summary>Measures for <c>/metrics</c>; with <c>Otlp:Endpoint</c> measures and traces go to that collector too (http/protobuf).</summary>
internal sealed class TelemetryPipeline : IDisposable
{
    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql", Telemetry.Name,
            Jobs.JobMetrics.MeterName];

    private readonly MeterProvider _meters;
    private readonly TracerProvider? _traces;

    public TelemetryPipeline(IConfiguration configuration)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("real-estate-os-api", serviceVersion: ServiceInfo.Version);
        var meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddReader(new BaseExportingMetricReader(Prometheus));
        if (configuration["Otlp:Endpoint"] is { Length: > 0 } endpoint)
        {
            meters.AddOtlpExporter(otlp => To(otlp, endpoint, "metrics"));
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore", "Npgsql", Telemetry.Name)
                .AddOtlpExporter(otlp => To(otlp, endpoint, "traces"))
                .Build();
        }
        _meters = meters.Build();
    }

    public PrometheusExporter Prometheus { get; } = new();

    public void Dispose()
    {
        _meters.Dispose();
        _traces?.Dispose();
    }

    private static void To(OtlpExporterOptions otlp, string endpoint, string signal)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri($"{endpoint.TrimEnd('/')}/v1/{signal}");
    }
}
