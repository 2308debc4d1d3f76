using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RealEstateOs.Platform.Ids;

namespace RealEstateOs.Platform.Http;

/// <summary>One dialect of JSON for requests, responses, events, jobs and stored documents.</summary>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // answers are application/json, never inlined into HTML
        options.MaxDepth = 32;
        options.Converters.Add(new EntityIdJsonConverterFactory());
        options.Converters.Add(new UtcConverter());
        options.Converters.Add(new AmountConverter());
        options.Converters.Add(new VocabularyConverterFactory());
        return options;
    }

    public static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>750000.5 whether it comes from a request or, as 750000.50, from a numeric(18, 2).</summary>
    private sealed class AmountConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(decimal.Truncate(value) is var whole && whole == value ? whole : value / 1.0000000000000000000000000000m);
    }

    /// <summary>Times are UTC on the wire, with <c>Z</c>; a time without a zone is read as UTC.</summary>
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && TryRead(reader.GetString(), out var value)) return value;
            throw new JsonException("A time is ISO 8601, such as 2026-01-31T09:30:00Z.");
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }

    /// <summary>The one way to read a time from text; what has no zone is UTC.</summary>
    public static bool TryRead(string? text, out DateTimeOffset value) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal, out value);
}
