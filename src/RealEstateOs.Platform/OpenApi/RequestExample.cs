using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>Shows the example of a request's type, so that Swagger UI offers a body that works instead of one full of "string".</summary>
internal sealed class RequestExample(ApiTexts texts) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.RequestBody?.Content is not { } content || !content.TryGetValue("application/json", out var json) || json is not OpenApiMediaType target) return;
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAcceptsMetadata>().FirstOrDefault()?.RequestType is { } type)
            target.Example = texts.ExampleOf(type);
    }
}
