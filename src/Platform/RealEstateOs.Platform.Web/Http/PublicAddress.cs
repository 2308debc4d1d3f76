using Microsoft.Extensions.Configuration;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// Where people reach this installation from outside (setting <c>PublicUrl</c>): the beginning of every link that leaves it.
/// </summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    private readonly string root = (configuration["PublicUrl"] ?? "http://localhost:8000").TrimEnd('/');

    /// <summary>The whole address of a path that begins with a slash.</summary>
    public string Of(string path) => root + path;
}
