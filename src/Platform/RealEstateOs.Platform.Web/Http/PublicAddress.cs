using Microsoft.Extensions.Configuration;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// Where people reach this installation from outside (setting <c>PublicUrl</c>): the beginning of every link that leaves it.
/// </summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    private readonly string root = (configuration["PublicUrl"] ?? "http://localhost:8000").TrimEnd('/');

    private readonly string? record = configuration["RecordUrl"];

    /// <summary>
    /// Where people open a record such as <c>lead_12</c> in an application of their own (setting <c>RecordUrl</c>); null without one.
    /// </summary>
    public string? OfRecord(string reference) => record?.Replace("{reference}", Uri.EscapeDataString(reference), StringComparison.Ordinal);

    /// <summary>The whole address of a path that begins with a slash.</summary>
    public string Of(string path) => root + path;
}
