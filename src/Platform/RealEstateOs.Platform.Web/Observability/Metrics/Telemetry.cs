using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RealEstateOs.Platform.Observability.Metrics;

/// <summary>The product's own measures and traces.</summary>
public static class Telemetry
{
    public const string Name = "RealEstateOs";

    public static readonly Meter Meter = new(Name);

    public static readonly ActivitySource Activities = new(Name);
}
