using System.Text.Json;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>Holds JSON against a schema of the API's description: as much of JSON Schema as the description uses.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    /// <summary>
    /// What is wrong, by its place; nothing where it fits. Members that the schema doesn't name count as wrong: a client would not see
    /// them.
    /// </summary>
    public IEnumerable<string> Faults(JsonElement value, JsonElement schema, string place = "$")
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            var fitting = choices.EnumerateArray().Count(choice => !Faults(value, choice, place).Any());
            return fitting == 1 ? [] : choices.EnumerateArray().Where(c => !IsNull(c)).SelectMany(choice => Faults(value, choice, place));
        }
        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value))
            && !(TypeOf(value) == "integer" && Types(type).Contains("number")))
            return [$"{place} is {TypeOf(value)}, not {type.GetRawText()}"];
        if (schema.TryGetProperty("enum", out var words) && value.ValueKind != JsonValueKind.Null
            && !words.EnumerateArray().Any(w => w.GetString() == value.GetString()))
            return [$"{place} is {value}, not one of {words.GetRawText()}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(value, schema, place),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().SelectMany(item => Faults(item, items, place + "[]")),
            _ => [],
        };
    }

    private IEnumerable<string> Members(JsonElement value, JsonElement schema, string place)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
                yield return $"{place}.{name} is missing";
        var named = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var others = schema.TryGetProperty("additionalProperties", out var free) ? free : default;
        if (named.ValueKind == JsonValueKind.Undefined && others.ValueKind == JsonValueKind.Undefined) yield break;
        foreach (var member in value.EnumerateObject())
        {
            if (named.ValueKind == JsonValueKind.Object && named.TryGetProperty(member.Name, out var known))
                foreach (var fault in Faults(member.Value, known, $"{place}.{member.Name}")) yield return fault;
            else if (others.ValueKind == JsonValueKind.Object)
                foreach (var fault in Faults(member.Value, others, $"{place}.*")) yield return fault;
            else yield return $"{place}.{member.Name} is not described";
        }
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
            schema = reference.GetString()!.Split('/')[1..].Aggregate(document, (at, step) => at.GetProperty(step));
        return schema;
    }

    private static bool IsNull(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "null";

    private static string[] Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.String ? [type.GetString()!] : [.. type.EnumerateArray().Select(t => t.GetString()!)];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
