using System.Text.Json;
using System.Text.Json.Serialization;
using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Platform.Ids;

/// <summary>Reads <c>1</c>, <c>"1"</c> and <c>"prop_1"</c>; writes the number.</summary>
internal sealed class EntityIdJsonConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => EntityIds.IsId(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(EntityIdJsonConverter<>).MakeGenericType(typeToConvert))!;
}

internal sealed class EntityIdJsonConverter<TId> : JsonConverter<TId> where TId : struct, IEntityId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)) return TId.From(number);
        if (reader.TokenType == JsonTokenType.String && EntityId.TryParse<TId>(reader.GetString(), out var id)) return id;
        throw new JsonException(EntityId.Explain(TId.Prefix));
    }

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);

    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EntityId.TryParse<TId>(reader.GetString(), out var id) ? id : throw new JsonException(EntityId.Explain(TId.Prefix));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
