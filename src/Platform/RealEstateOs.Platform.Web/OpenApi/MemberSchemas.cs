using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using RealEstateOs.Platform.Serialization;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// Members that may be null say so, also where they are references: <c>oneOf</c> the type or null, which is how OpenAPI 3.1 writes it.
/// Bodies may grow new members, so no schema forbids them.
/// </summary>
internal sealed class MemberSchemas : ISchemaFilter
{
    private readonly NullabilityInfoContext nullability = new();

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties.Count: > 0 } body) return;
        body.AdditionalPropertiesAllowed = true;
        var properties = context.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public);
        foreach (var property in properties)
        {
            var name = Json.SnakeCase(property.Name);
            if (!body.Properties.TryGetValue(name, out var member)) continue;
            if (property.GetCustomAttribute<JsonShapeAttribute>() is { } shape)
                member = WithTextOf(member, context.SchemaGenerator.GenerateSchema(shape.Type, context.SchemaRepository));
            else if (property.PropertyType == typeof(JsonElement) || property.PropertyType == typeof(JsonElement?))
                member = WithTextOf(member, new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema() });
            body.Properties[name] = MayBeNull(property) ? OrNull(member) : member;
        }
        // A base's members stand where they stand on the wire.
        var places = properties.ToLookup(p => Json.SnakeCase(p.Name), p => p.GetCustomAttribute<JsonPropertyOrderAttribute>()?.Order ?? 0);
        body.Properties = body.Properties.OrderBy(m => places[m.Key].FirstOrDefault()).ToDictionary();
    }

    private bool MayBeNull(PropertyInfo property)
    {
        if (property.PropertyType.IsValueType) return Nullable.GetUnderlyingType(property.PropertyType) is not null;
        lock (nullability) return nullability.Create(property).ReadState == NullabilityState.Nullable;
    }

    private static IOpenApiSchema WithTextOf(IOpenApiSchema from, IOpenApiSchema shape)
    {
        shape.Description ??= from.Description;
        return shape;
    }

    private static IOpenApiSchema OrNull(IOpenApiSchema member)
    {
        if (member is OpenApiSchemaReference reference)
            return new OpenApiSchema { OneOf = [reference, new OpenApiSchema { Type = JsonSchemaType.Null }],
                Description = reference.Reference.Description };
        if (member is OpenApiSchema { Type: { } type } own) own.Type = type | JsonSchemaType.Null;
        return member;
    }
}
