using System.Text.Json;
using FluentValidation;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Imports;

/// <summary>Reads a row as the API reads a body, with the same validator: what a request may not say, a file may not either.</summary>
public static class RowReader
{
    public static (T Body, List<FieldError> Errors) Read<T>(JsonElement row, IValidator<T>? validator) where T : class
    {
        var errors = new List<FieldError>();
        var body = (T)BodyReader.ReadObject(typeof(T), row, "", errors);
        for (var i = 0; i < errors.Count; i++)
            if (errors[i].Type == MemberReader.NotANumber && row.TryGetProperty(errors[i].Field, out var cell)
                && cell.ValueKind == JsonValueKind.String)
                errors[i] = errors[i] with { Message =
                    $"must be a number, an amount or an area that can be meant in one way, not '{Shown(cell.GetString()!)}'" };
        if (validator?.Validate(body) is { IsValid: false } result)
        {
            var unreadable = errors.Select(e => e.Field).ToHashSet();
            errors.AddRange(result.Errors.Select(ValidationErrors.ToFieldError).Where(e => !unreadable.Contains(e.Field)));
        }
        return (body, errors);
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
