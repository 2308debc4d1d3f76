using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>
/// An example of each record that answers hold, so that readers see how one looks. What the request of the same operation gives as its
/// example comes back in it; what else must be there is taken from requests of the same part of the API, or a value of its kind.
/// </summary>
internal sealed class AnswerExamples : IDocumentFilter
{
    private const int DeepestList = 3;

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = context.SchemaRepository.Schemas;
        var sent = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var said = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var operations = swaggerDoc.Paths.Values.SelectMany(p => p.Operations!.Values).ToArray();
        foreach (var operation in operations)
        {
            if (Json(operation.RequestBody?.Content)?.Example is not JsonObject example) continue;
            foreach (var root in RootsOf(operation)) Add(sent, root, example);
            Add(said, TagOf(operation), example);
        }
        foreach (var (root, tag) in operations.SelectMany(o => RootsOf(o).Select(root => (root, TagOf(o)))).DistinctBy(r => r.root))
            if (schemas.TryGetValue(root, out var schema) && schema is OpenApiSchema { Properties.Count: > 0 } record)
                record.Examples =
                    [new ExampleWriter(schemas, said.GetValueOrDefault(tag) ?? []).Of(record, "", sent.GetValueOrDefault(root), 0)!];
    }

    private static string TagOf(OpenApiOperation operation) => operation.Tags?.FirstOrDefault()?.Reference.Id ?? "";

    /// <summary>The schemas that an operation answers, alone or in a list.</summary>
    private static IEnumerable<string> RootsOf(OpenApiOperation operation) => (operation.Responses ?? [])
        .Where(r => r.Key[0] == '2').Select(r => Json(r.Value.Content)?.Schema)
        .Select(s => s is OpenApiSchemaReference ? s : s?.Items).OfType<OpenApiSchemaReference>().Select(r => r.Reference.Id!);

    private static IOpenApiMediaType? Json(IDictionary<string, IOpenApiMediaType>? content) =>
        content?.TryGetValue("application/json", out var json) == true ? json : null;

    private static void Add(Dictionary<string, JsonObject> examples, string key, JsonObject example)
    {
        if (!examples.TryGetValue(key, out var known)) examples[key] = known = [];
        foreach (var (name, value) in example)
            if (value is not null && !known.ContainsKey(name)) known[name] = value.DeepClone();
    }

    private sealed class ExampleWriter(IDictionary<string, IOpenApiSchema> schemas, JsonObject said)
    {
        public JsonNode? Of(IOpenApiSchema schema, string name, JsonObject? sent, int depth)
        {
            var known = Resolve(schema);
            if (name.Length > 0 && sent?[name] is { } given && Fits(known, given)) return given.DeepClone();
            if (known.Examples is [{ } own, ..]) return own.DeepClone();
            if (MayBeNull(known)) return null;
            if (said[name] is { } other && Fits(known, other)) return other.DeepClone();
            if (known.Enum is [{ } word, ..]) return word.DeepClone();
            return (known.Type & ~JsonSchemaType.Null) switch
            {
                JsonSchemaType.Array => depth >= DeepestList || Resolve(known.Items!).Type == JsonSchemaType.String ? new JsonArray()
                    : new JsonArray(Of(known.Items!, "", null, depth + 1)),
                JsonSchemaType.Object => new JsonObject((known.Properties ?? new Dictionary<string, IOpenApiSchema>())
                    .Select(p => KeyValuePair.Create(p.Key, Of(p.Value, p.Key, sent?[name] as JsonObject ?? sent, depth + 1)))),
                JsonSchemaType.Integer or JsonSchemaType.Number => JsonValue.Create(1),
                JsonSchemaType.Boolean => JsonValue.Create(name is "is_active" or "success"),
                JsonSchemaType.String => JsonValue.Create(TextOf(known.Format, name)),
                _ => null,
            };
        }

        private static string TextOf(string? format, string name) => format switch
        {
            "date-time" => "2026-01-31T05:30:00.000000Z",
            "date" => "2026-01-31",
            "time" => "09:30",
            "uri" => "https://example.com/",
            "email" => "sara@example.com",
            _ => name.Replace('_', ' '),
        };

        private bool Fits(IOpenApiSchema schema, JsonNode? value)
        {
            var known = Resolve(schema);
            if (value is null) return MayBeNull(known);
            if (known.OneOf is { Count: > 0 } choices) return choices.Any(choice => Fits(choice, value));
            if (known.Enum is { Count: > 0 } words && !words.Any(w => JsonNode.DeepEquals(w, value))) return false;
            var type = known.Type ?? 0;
            return value.GetValueKind() switch
            {
                JsonValueKind.String => type.HasFlag(JsonSchemaType.String) && IsOf(known.Format, value.GetValue<string>()),
                JsonValueKind.Number => type.HasFlag(JsonSchemaType.Number) || (type.HasFlag(JsonSchemaType.Integer)
                    && !value.ToJsonString().Contains('.', StringComparison.Ordinal)),
                JsonValueKind.True or JsonValueKind.False => type.HasFlag(JsonSchemaType.Boolean),
                JsonValueKind.Array => type.HasFlag(JsonSchemaType.Array) && known.Items is { } items
                    && value.AsArray().All(item => Fits(items, item)),
                _ => type.HasFlag(JsonSchemaType.Object) && HasMembers(known, value.AsObject()),
            };
        }

        private bool HasMembers(IOpenApiSchema schema, JsonObject value) => schema.Properties is not { Count: > 0 } members
            ? schema.AdditionalProperties is not { Type: { } } others || value.All(m => Fits(others, m.Value))
            : value.All(m => members.TryGetValue(m.Key, out var member) && Fits(member, m.Value))
                && (schema.Required ?? new HashSet<string>()).All(value.ContainsKey);

        private static bool IsOf(string? format, string text) => format switch
        {
            "date-time" => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
            null or "email" => true,
            _ => false,
        };

        private static bool MayBeNull(IOpenApiSchema schema) => schema.Type?.HasFlag(JsonSchemaType.Null) == true
            || (schema.OneOf is { Count: > 0 } choices ? choices.Any(c => c is not OpenApiSchemaReference && MayBeNull(c))
                : schema is { Type: null, Enum: null or { Count: 0 }, Properties: null or { Count: 0 } });

        private IOpenApiSchema Resolve(IOpenApiSchema schema) =>
            schema is OpenApiSchemaReference reference ? Resolve(schemas[reference.Reference.Id!]) : schema;
    }
}
