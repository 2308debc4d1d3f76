using System.Collections;
using System.Globalization;
using System.Text.Json;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http;

/// <summary>Reads one member of a body; what cannot be read becomes an error that says what would be right.</summary>
internal static class MemberReader
{
    private const decimal LargestNumber = 1_000_000_000_000_000m;

    public const string NotANumber = "type_error.number";

    public static object? Read(Type type, JsonElement value, string path, int maxLength, List<FieldError> errors,
        TimeZoneInfo? zone = null)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (type == typeof(string)) return ReadText(value, path, maxLength, errors);
        if (type == typeof(JsonElement)) return ReadFree(value, path, errors);
        if (ElementOf(type) is { } element) return ReadList(type, element, value, path, maxLength, errors, zone);
        if (IsBody(type)) return ReadNested(type, value, path, errors, zone);
        if (typeof(IDictionary).IsAssignableFrom(type) && ReadFree(value, path, errors) is null) return null;
        return ReadScalar(type, value, path, errors, zone);
    }

    private static string? ReadText(JsonElement value, string path, int maxLength, List<FieldError> errors)
    {
        if (value.ValueKind != JsonValueKind.String) return Fail<string>(errors, FieldError.Format(path, "must be a text"));
        string text;
        try { text = value.GetString()!; }
        catch (InvalidOperationException) { return Fail<string>(errors, FieldError.Format(path, "must be valid Unicode text")); }
        if (text.Contains('\0')) return Fail<string>(errors, FieldError.Format(path, "must not contain NUL characters"));
        return text.Length <= maxLength ? text : Fail<string>(errors, FieldError.Range(path, $"must have at most {maxLength} characters"));
    }

    private static object? ReadFree(JsonElement value, string path, List<FieldError> errors)
    {
        var raw = value.GetRawText();
        if (raw.Length > BodyLimits.FreeObject)
            return Fail<object>(errors, FieldError.Range(path, $"must have at most {BodyLimits.FreeObject / 1024} KB"));
        if (raw.Contains("\\u0000", StringComparison.Ordinal) || raw.Contains("\\ud", StringComparison.OrdinalIgnoreCase)
            && !IsUnicode(raw))
            return Fail<object>(errors, FieldError.Format(path, "must not contain NUL characters or broken Unicode"));
        return HasOddNumber(value) ? Fail<object>(errors, FieldError.Range(path, "must not contain numbers that no computer reckons with"))
            : value.Clone();
    }

    // Too large or too small for a double: the database takes 1e999 and refuses 1e999999.
    private static bool HasOddNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(m => HasOddNumber(m.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasOddNumber),
        JsonValueKind.Number => !value.TryGetDouble(out var number) || !double.IsFinite(number)
            || (number == 0 && value.GetRawText().Split('e', 'E')[0].Any(c => c is >= '1' and <= '9')),
        _ => false,
    };

    private static bool IsUnicode(string json)
    {
        try
        {
            return JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement) is not null
                && JsonSerializer.Deserialize<object>(json) is not null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException) { return false; }
    }

    private static object? ReadList(Type type, Type element, JsonElement value, string path, int maxLength, List<FieldError> errors,
        TimeZoneInfo? zone)
    {
        if (value.ValueKind != JsonValueKind.Array) return Fail<object>(errors, FieldError.Format(path, "must be a list"));
        if (value.GetArrayLength() > 10_000) return Fail<object>(errors, FieldError.Range(path, "must have at most 10000 entries"));
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var read = Read(element, item, $"{path}[{index++}]", maxLength, errors, zone);
            if (read is not null) list.Add(read);
            else if (item.ValueKind == JsonValueKind.Null) errors.Add(FieldError.Format($"{path}[{index - 1}]", "must not be null"));
        }
        if (!type.IsArray) return list;
        var array = Array.CreateInstance(element, list.Count);
        list.CopyTo(array, 0);
        return array;
    }

    private static object? ReadNested(Type type, JsonElement value, string path, List<FieldError> errors, TimeZoneInfo? zone) =>
        value.ValueKind == JsonValueKind.Object
            ? BodyReader.ReadObject(type, value, path, errors, zone)
            : Fail<object>(errors, FieldError.Format(path, "must be an object"));

    private static object? ReadScalar(Type type, JsonElement value, string path, List<FieldError> errors, TimeZoneInfo? zone)
    {
        try
        {
            var read = type == typeof(DateTimeOffset) && zone is not null && value.ValueKind == JsonValueKind.String
                && Json.TryRead(value.GetString(), out var time, zone) ? time : value.Deserialize(type, Json.Options);
            return read switch
            {
                decimal number when Math.Abs(number) >= LargestNumber => Fail<object>(errors, FieldError.Range(path, "is too large")),
                double number when !double.IsFinite(number) => Fail<object>(errors, FieldError.Range(path, "is too large")),
                DateTimeOffset { Year: < 1800 or > 2200 } or DateOnly { Year: < 1800 or > 2200 } =>
                    Fail<object>(errors, FieldError.Range(path, "must be a date between 1800 and 2200")),
                _ => read,
            };
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            return Fail<object>(errors,
                new FieldError(path, Explain(type), ErrorCodes.Format, TypeName(type)) { Given = Short(value.GetRawText().Trim('"')) });
        }
    }

    private static T? Fail<T>(List<FieldError> errors, FieldError error) where T : class
    {
        errors.Add(error);
        return null;
    }

    // As it was written: a broken escape can't be read, but shown.
    private static string Short(string given) => given.Shortened(100);

    private static string Explain(Type type) => type switch
    {
        { IsEnum: true } => Vocabulary.Explain(type),
        _ when EntityIds.IsId(type) => Contracts.Ids.EntityId.Explain(EntityIds.PrefixOf(type)),
        _ when type == typeof(bool) => "must be true or false",
        _ when type == typeof(int) || type == typeof(long) => "must be a whole number",
        _ when type == typeof(decimal) || type == typeof(double) => "must be a number",
        _ when type == typeof(DateOnly) => "must be a date, such as 2026-01-31",
        _ when type == typeof(TimeOnly) => "must be a time of day, such as 09:30",
        _ when type == typeof(DateTimeOffset) => "must be a time in ISO 8601, such as 2026-01-31T09:30:00Z",
        _ => "has an unexpected form",
    };

    private static string TypeName(Type type) => type switch
    {
        { IsEnum: true } => "value_error.enum",
        _ when type == typeof(decimal) || type == typeof(double) || type == typeof(int) || type == typeof(long) => NotANumber,
        _ => string.Create(CultureInfo.InvariantCulture, $"type_error.{Json.SnakeCase(type.Name)}"),
    };

    internal static bool IsBody(Type type) => type.IsClass && type.Namespace?.StartsWith("RealEstateOs", StringComparison.Ordinal) == true;

    internal static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() is var g
            && (g == typeof(IReadOnlyList<>) || g == typeof(List<>) || g == typeof(IReadOnlyCollection<>))
            ? type.GetGenericArguments()[0] : null;
}
