using System.Reflection;

namespace RealEstateOs.Platform.Observability.Metrics;

internal static class ServiceInfo
{
    public const string Name = "Real Estate OS API";

    public static string Version { get; } =
        typeof(ServiceInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "unknown";
}
