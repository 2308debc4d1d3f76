using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Serialization;

/// <summary>One dialect of JSON for requests, responses, events, jobs and stored documents.</summary>
public static partial class Json
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
        options.Converters.Add(new DayConverter());
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
            writer.WriteNumberValue(
                decimal.Truncate(value) is var whole && whole == value ? whole : value / 1.0000000000000000000000000000m);
    }

    /// <summary>
    /// Times are UTC on the wire, with six digits after the second and <c>Z</c>, always: parsers of some platforms take one form only, and
    /// the database keeps no more. Without a zone they are read as UTC, but in requests, where it is the office's.
    /// </summary>
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && TryRead(reader.GetString(), out var value)) return value;
            throw new JsonException("A time is ISO 8601, such as 2026-01-31T09:30:00Z.");
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<char> text = stackalloc char[27];
            value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
    }

    /// <summary>
    /// A day. Of a time with an offset it is the day that is written: midnight in Dubai is not the day before, because it is that in
    /// London.
    /// </summary>
    private sealed class DayConverter : JsonConverter<DateOnly>
    {
        public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && TryReadDay(reader.GetString(), out var value)) return value;
            throw new JsonException("A date is ISO 8601, such as 2026-01-31.");
        }

        public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

        public override DateOnly ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryReadDay(reader.GetString(), out var value) ? value : throw new JsonException("A date is ISO 8601, such as 2026-01-31.");

        public override void WriteAsPropertyName(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>The one way to read a day from text: ISO 8601, of a time the day that is written.</summary>
    public static bool TryReadDay(string? text, out DateOnly value)
    {
        value = default;
        return text is not null && (text.Length == 10 || TryRead(text, out _))
            && DateOnly.TryParseExact(text.AsSpan(0, Math.Min(10, text.Length)), "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out value);
    }

    /// <summary>
    /// The one way to read a time from text: ISO 8601, nothing that has to be guessed; what has no zone of its own is in the one given, UTC
    /// by default.
    /// </summary>
    public static bool TryRead(string? text, out DateTimeOffset value, TimeZoneInfo? zone = null)
    {
        value = default;
        if (text is null || IsoTime().Match(text) is not { Success: true } match || !DateTimeOffset.TryParse(
            text.ToUpperInvariant().Replace(',', '.'), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value)) return false;
        if (zone is not null && !match.Groups["zone"].Success) value = LocalDay.Moment(value.DateTime, zone);
        return true;
    }

    /// <summary>Is this a time that means something else in another zone?</summary>
    internal static bool IsWithoutZone(string? text) =>
        text is not null && IsoTime().Match(text) is { Success: true } match && !match.Groups["zone"].Success;

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)? ?(?<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoTime();
}
