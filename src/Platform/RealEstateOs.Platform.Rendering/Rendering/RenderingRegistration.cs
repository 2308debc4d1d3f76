using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace RealEstateOs.Platform.Rendering;

internal static class RenderingRegistration
{
    public static IServiceCollection AddPlatformRendering(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RenderingOptions>().Bind(configuration.GetSection("Rendering"));
        return services.AddSingleton<PageRenderer>();
    }
}
