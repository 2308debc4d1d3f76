using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>Enums as their words.</summary>
internal sealed class VocabularySchema : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (!context.Type.IsEnum || schema is not OpenApiSchema target) return;
        target.Type = JsonSchemaType.String;
        target.Format = null;
        target.Enum = [.. Vocabulary.WordsOf(context.Type).Select(word => (JsonNode)JsonValue.Create(word))];
    }
}

/// <summary>The book-keeping of a partial body is no member of it.</summary>
internal sealed class PartialBodySchema : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (typeof(PartialBody).IsAssignableFrom(context.Type)) schema.Properties?.Remove("present");
    }
}

/// <summary>What a generated client's exception says.</summary>
internal sealed class ProblemSchema : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.Type != typeof(ProblemBody) || schema.Properties?["detail"] is not OpenApiSchema detail) return;
        detail.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-ms-primary-error-message"] = new JsonNodeExtension(true) };
    }
}
