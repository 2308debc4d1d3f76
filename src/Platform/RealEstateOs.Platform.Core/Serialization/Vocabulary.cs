using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealEstateOs.Platform.Serialization;

/// <summary>Enums are lower_snake words everywhere: JSON, query, database. An unknown word names the allowed ones.</summary>
public static class Vocabulary
{
    private static readonly ConcurrentDictionary<Type, Words> Known = new();

    public static string Word<T>(T value) where T : struct, Enum => Of(typeof(T)).ByValue[value];

    public static bool TryRead<T>(string? word, out T value) where T : struct, Enum
    {
        var found = Of(typeof(T)).ByWord.TryGetValue(word ?? "", out var boxed);
        value = found ? (T)boxed! : default;
        return found;
    }

    public static bool TryRead(Type type, string word, out object value)
    {
        var found = Of(type).ByWord.TryGetValue(word, out var boxed);
        value = boxed!;
        return found;
    }

    public static string Explain(Type type) => $"must be one of {string.Join(", ", Of(type).ByWord.Keys)}";

    public static IReadOnlyCollection<string> WordsOf(Type type) => Of(type).ByWord.Keys;

    private static Words Of(Type type) => Known.GetOrAdd(type, static t =>
    {
        var words = new Words(new Dictionary<string, object>(StringComparer.Ordinal), []);
        foreach (var value in Enum.GetValues(t))
        {
            var word = Json.SnakeCase(value.ToString()!);
            words.ByWord[word] = value;
            words.ByValue[value] = word;
        }
        return words;
    });

    private sealed record Words(Dictionary<string, object> ByWord, Dictionary<object, string> ByValue);
}

internal sealed class VocabularyConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(VocabularyConverter<>).MakeGenericType(typeToConvert))!;
}

internal sealed class VocabularyConverter<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && Vocabulary.TryRead<T>(reader.GetString(), out var value)) return value;
        throw new JsonException(Vocabulary.Explain(typeof(T)));
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Vocabulary.Word(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Vocabulary.Word(value));
}
