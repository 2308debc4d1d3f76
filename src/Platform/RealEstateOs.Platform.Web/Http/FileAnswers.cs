using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.Http;

public static class FileAnswers
{
    /// <summary>Says that a route answers a file of this kind, or a stream: bytes, whatever they are.</summary>
    public static TBuilder AnswersFile<TBuilder>(this TBuilder route, string contentType) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new ProducesResponseTypeMetadata(200, typeof(Stream), [contentType]));

    /// <summary>Says that a route answers a text of this kind, such as a page.</summary>
    public static TBuilder AnswersText<TBuilder>(this TBuilder route, string contentType) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new ProducesResponseTypeMetadata(200, typeof(string), [contentType]));
}
