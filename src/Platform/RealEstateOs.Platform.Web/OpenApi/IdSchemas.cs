using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// One type for each kind of id, in paths, queries, bodies and answers: the one that answers show. Every input takes the other spelling as
/// well, but a client's types need not know that.
/// </summary>
internal static class IdSchemas
{
    public static OpenApiSchema Of(Type id, bool nullable = false) =>
        EntityIds.IsShownAsReference(id) ? Reference(id, nullable) : Number(id, nullable);

    public static OpenApiSchema Number(Type id, bool nullable) =>
        new() { Type = JsonSchemaType.Integer | Null(nullable), Format = "int64", Description = Explain(id) };

    private static string Explain(Type id) =>
        $"The {Json.SnakeCase(id.Name[..^2]).Replace('_', ' ')}'s id, as 1 or {EntityIds.PrefixOf(id)}_1.";

    private static OpenApiSchema Reference(Type id, bool nullable) => new()
    {
        Type = JsonSchemaType.String | Null(nullable), Description = Explain(id),
        Examples = [JsonValue.Create($"{EntityIds.PrefixOf(id)}_1")],
    };

    private static JsonSchemaType Null(bool nullable) => nullable ? JsonSchemaType.Null : 0;
}
