using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>What generated clients get for an id from one operation, they can pass to another.</summary>
public sealed class DescribedIdTests(Server server)
{
    // Ids that do not end in _id.
    private static readonly string[] People = ["created_by", "assigned_to"];

    [Fact]
    public async Task An_id_has_one_type_in_the_parameters_and_bodies_of_all_operations()
    {
        var document = await DocumentAsync();
        var sent = new List<(string Name, string Type, string Where)>();
        foreach (var (name, operation) in Operations(document))
        {
            foreach (var parameter in Parameters(operation))
                sent.Add((parameter.Text("name")!, document.TypeOf(parameter.GetProperty("schema")), name));
            if (!operation.TryGetProperty("requestBody", out var body)) continue;
            foreach (var content in body.GetProperty("content").EnumerateObject())
                sent.AddRange(document.MembersWithin(content.Value.GetProperty("schema")).Select(m => (m.Name, m.Type, name)));
        }
        // A webhook's message is none of a chat: receivers know it by the text in its header.
        var ids = sent.Where(s => IsId(s.Name) && (s.Name, s.Where) != ("message_id", "GET /api/v1/webhooks/deliveries"))
            .GroupBy(s => s.Name).ToArray();
        Assert.True(ids.Length > 20 && ids.Any(i => i.Count() > 20), "hardly any id was looked at");
        Assert.Empty(ids.Where(i => i.Select(s => s.Type).Distinct().Count() > 1)
            .Select(i => $"{i.Key}: {string.Join(", ", i.DistinctBy(s => s.Type).Select(s => $"{s.Type} in {s.Where}"))}"));
        Assert.Equal("integer", ids.Single(i => i.Key == "user_id").First(s => s.Where == "GET /api/v1/analytics/dashboard").Type);
    }

    [Fact]
    public async Task An_address_takes_an_id_in_the_type_in_which_its_answers_and_its_list_show_it()
    {
        var document = await DocumentAsync();
        var (faults, compared) = (new List<string>(), 0);
        foreach (var (name, operation) in Operations(document))
            foreach (var parameter in Parameters(operation).Where(p => p.Text("in") == "path"))
            {
                var (id, path) = (parameter.Text("name")!, name.Split(' ')[1]);
                var type = document.TypeOf(parameter.GetProperty("schema"));
                foreach (var other in new[] { path, path[..path.IndexOf($"/{{{id}}}", StringComparison.Ordinal)] })
                    foreach (var shown in document.AnswersAt(other).SelectMany(document.MembersOf).Where(m => m.Name == id))
                    {
                        compared++;
                        if (shown.Type != type) faults.Add($"{name} takes {id} as {type}, {other} shows it as {shown.Type}");
                    }
            }
        Assert.True(compared > 100, $"only {compared} were compared");
        Assert.Empty(faults.Distinct());
    }

    private static bool IsId(string name) =>
        name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_ids", StringComparison.Ordinal) || People.Contains(name);

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(SchemaReader document) =>
        document.Root.At("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(o => ($"{o.Name.ToUpperInvariant()} {path.Name}", o.Value)));

    private static IEnumerable<JsonElement> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    private async Task<SchemaReader> DocumentAsync() => new((await server.Anonymous.GetAsync("/openapi.json")).Must(200));

    /// <summary>Follows the references of the description.</summary>
    private sealed class SchemaReader(JsonElement root)
    {
        public JsonElement Root => root;

        /// <summary>A list counts as what it lists.</summary>
        public string TypeOf(JsonElement schema)
        {
            var own = Resolve(schema);
            if (!own.TryGetProperty("type", out var type)) return "any";
            var word = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!).First(t => t != "null")
                : type.GetString()!;
            return word == "array" ? TypeOf(own.GetProperty("items")) : word;
        }

        public IEnumerable<(string Name, string Type)> MembersOf(JsonElement schema)
        {
            var own = Resolve(schema);
            if (own.TryGetProperty("items", out var items)) return MembersOf(items);
            return own.TryGetProperty("properties", out var members)
                ? members.EnumerateObject().Select(m => (m.Name, TypeOf(m.Value))) : [];
        }

        /// <summary>Those of what it holds, too.</summary>
        public IEnumerable<(string Name, string Type)> MembersWithin(JsonElement schema, int depth = 0)
        {
            var own = Resolve(schema);
            if (own.TryGetProperty("items", out var items)) own = Resolve(items);
            if (depth > 5 || !own.TryGetProperty("properties", out var members)) return [];
            return members.EnumerateObject()
                .SelectMany(m => MembersWithin(m.Value, depth + 1).Prepend((m.Name, TypeOf(m.Value))));
        }

        public IEnumerable<JsonElement> AnswersAt(string path) =>
            !root.At("paths").TryGetProperty(path, out var operations) ? [] : operations.EnumerateObject()
                .SelectMany(o => o.Value.GetProperty("responses").EnumerateObject()).Where(a => a.Name[0] == '2')
                .SelectMany(a => a.Value.TryGetProperty("content", out var content)
                    && content.TryGetProperty("application/json", out var json)
                        ? [json.GetProperty("schema")] : Array.Empty<JsonElement>());

        private JsonElement Resolve(JsonElement schema)
        {
            if (schema.TryGetProperty("$ref", out var reference))
                return Resolve(root.At("components.schemas").GetProperty(reference.GetString()!.Split('/')[^1]));
            return schema.TryGetProperty("oneOf", out var choices) ? Resolve(choices[0]) : schema;
        }
    }
}
