using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>
/// <c>?fields=id,price</c> on whatever a GET answers: these members of the record, or of each row, and no others. It costs what these
/// members cost; a name that the answer does not have is a 422.
/// </summary>
internal sealed class SparseFields
{
    public const string Parameter = "fields";
    private const int MostTold = 10, LongestTold = 60;

    private readonly JsonPropertyInfo[] members;

    static SparseFields() => Json.Options.MakeReadOnly(populateMissingResolver: true);

    private SparseFields(JsonPropertyInfo[] members) => this.members = members;

    /// <summary>Null where the request names no fields, or where the answer is no record and no list of records.</summary>
    public static SparseFields? Of(HttpRequest request, object value)
    {
        var row = RowOf(value.GetType());
        if (Names(request) is not { } names || Json.Options.GetTypeInfo(row) is not { Kind: JsonTypeInfoKind.Object } type) return null;
        var known = type.Properties.Where(p => p.Get is not null).ToDictionary(p => p.Name, StringComparer.Ordinal);
        Require(names, known.Keys);
        return new SparseFields([.. names.Select(name => known[name])]);
    }

    /// <summary>The names that the request gives, each once; null where it gives none.</summary>
    public static string[]? Names(HttpRequest request)
    {
        var names = request.Query[Parameter]
            .SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct().ToArray();
        return names.Length == 0 ? null : names;
    }

    public static void Require(string[] names, IReadOnlyCollection<string> known)
    {
        var unknown = names.Except(known, StringComparer.Ordinal).Take(MostTold).ToArray();
        if (unknown.Length > 0)
            throw Problem.Invalid([.. unknown.Select(name => FieldError.Format(Parameter,
                $"has no {name.Shortened(LongestTold)}{NearestName.Hint(name, known)}; there are {string.Join(", ", known)}")
                with { In = "query" })]);
    }

    public byte[] Serialize(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder }))
        {
            if (value is System.Collections.IEnumerable rows)
            {
                writer.WriteStartArray();
                foreach (var row in rows) Write(writer, row);
                writer.WriteEndArray();
            }
            else Write(writer, value);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter writer, object row)
    {
        writer.WriteStartObject();
        foreach (var member in members)
        {
            var value = member.Get!(row);
            if (member.ShouldSerialize?.Invoke(row, value) == false) continue;
            writer.WritePropertyName(member.Name);
            JsonSerializer.Serialize(writer, value, member.PropertyType, Json.Options);
        }
        writer.WriteEndObject();
    }

    private static Type RowOf(Type type) => type == typeof(string) ? type : type.GetInterfaces()
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))?.GetGenericArguments()[0] ?? type;
}
