using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RealEstateOs.Platform.Http;

public static class Multipart
{
    private const int LongestBoundary = 70; // RFC 2046; what reads the parts keeps room for it

    public static bool Is(HttpRequest request) => TypeOf(request) is not null;

    /// <summary>What stands between the parts; null where the request names nothing that may stand there.</summary>
    public static string? BoundaryOf(HttpRequest request) =>
        TypeOf(request) is { } type && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary.ToString() : null;

    private static MediaTypeHeaderValue? TypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) ? type : null;
}
