using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Ids;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>Adds to each operation what holds for its kind: sign-in and permission, list parameters, conditional and idempotency headers.</summary>
internal sealed class OperationDescription : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [Scheme("account", context), Scheme("bearer", context)];
            if (metadata.OfType<NeedsPermission>().FirstOrDefault() is { } needs)
                operation.Description = $"{operation.Description}\n\nNeeds the permission `{needs.Permission}`.".Trim();
        }
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(p => p.Description is null)) parameter.Description = IdText(parameter.Name, context.ApiDescription);
        if (metadata.OfType<IListSpec>().FirstOrDefault() is { } list) AddList(operation, list);
        if (context.ApiDescription.HttpMethod is "POST" or "PUT" or "PATCH" or "DELETE")
            operation.Parameters.Add(Text("Idempotency-Key", ParameterLocation.Header, "A repeat with the same key within 24 hours replays the first answer."));
        if (context.ApiDescription.HttpMethod is "PUT" or "PATCH" or "DELETE")
            operation.Parameters.Add(Text("If-Match", ParameterLocation.Header, "Refuses with 412 when the resource has moved on from this ETag."));
        operation.Responses ??= [];
        if (context.ApiDescription.HttpMethod == "GET" && operation.Responses.TryGetValue("200", out var found) && found is OpenApiResponse { Content: { } content }
            && content.TryGetValue("application/json", out var json) && json is OpenApiMediaType { Schema.Type: JsonSchemaType.Array } array) content.TryAdd("text/csv", array);
        operation.Responses.TryAdd("default", new OpenApiResponse
        {
            Description = "Any refusal.",
            Content = new Dictionary<string, IOpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemBody), context.SchemaRepository) } },
        });
    }

    private static OpenApiSecurityRequirement Scheme(string name, OperationFilterContext context) => new() { [new OpenApiSecuritySchemeReference(name, context.Document)] = [] };

    private static string? IdText(string? parameter, ApiDescription endpoint) =>
        endpoint.ParameterDescriptions.FirstOrDefault(p => p.Name == parameter)?.ParameterDescriptor?.ParameterType is { } type
        && EntityIds.IsId(Nullable.GetUnderlyingType(type) ?? type) ? EntityIds.Explain(Nullable.GetUnderlyingType(type) ?? type) : null;

    private static void AddList(OpenApiOperation operation, IListSpec list)
    {
        operation.Parameters!.Add(Number("limit", $"1 to {ListRequest.MaxLimit}, default {ListRequest.DefaultLimit}."));
        operation.Parameters.Add(Number("offset", "Rows to skip; also as skip. The next link of an answer costs less."));
        operation.Parameters.Add(Text("after", ParameterLocation.Query, "The cursor of a next link."));
        foreach (var (name, type, description) in list.Parameters.DistinctBy(p => p.Name)) operation.Parameters.Add(Query(name, type, description));
    }

    private static OpenApiParameter Query(string name, Type type, string description) => new()
    {
        Name = name, In = ParameterLocation.Query, Description = type.IsEnum ? $"{description} {Vocabulary.Explain(type)}." : description,
        Schema = new OpenApiSchema
        {
            Type = type == typeof(bool) ? JsonSchemaType.Boolean
                : type == typeof(int) ? JsonSchemaType.Integer
                : type == typeof(decimal) || type == typeof(double) ? JsonSchemaType.Number : JsonSchemaType.String,
            Enum = type.IsEnum ? [.. Vocabulary.WordsOf(type).Select(word => (JsonNode)JsonValue.Create(word))] : null,
        },
    };

    private static OpenApiParameter Number(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } };

    private static OpenApiParameter Text(string name, ParameterLocation location, string description) =>
        new() { Name = name, In = location, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
