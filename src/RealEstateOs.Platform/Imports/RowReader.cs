using System.Text.Json;
using FluentValidation;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Platform.Imports;

/// <summary>Reads a row as the API reads a body, with the same validator: what a request may not say, a file may not either.</summary>
public static class RowReader
{
    public static (T Body, List<FieldError> Errors) Read<T>(JsonElement row, IValidator<T>? validator) where T : class
    {
        var errors = new List<FieldError>();
        var body = (T)BodyReader.ReadObject(typeof(T), row, "", errors);
        if (validator?.Validate(body) is { IsValid: false } result)
        {
            var unreadable = errors.Select(e => e.Field).ToHashSet();
            errors.AddRange(result.Errors.Select(ValidationErrors.ToFieldError).Where(e => !unreadable.Contains(e.Field)));
        }
        return (body, errors);
    }
}
