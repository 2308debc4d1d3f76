using System.Text.RegularExpressions;
using FluentValidation.Results;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http;

/// <summary>What FluentValidation says, in the words of the API.</summary>
public static partial class ValidationErrors
{
    public static FieldError ToFieldError(ValidationFailure failure)
    {
        var field = string.Join('.', failure.PropertyName.Split('.').Select(Json.SnakeCase));
        var message = Sentence(failure);
        return failure.ErrorCode switch
        {
            "NotNullValidator" or "NotEmptyValidator" => FieldError.Missing(field) with { Message = message },
            "EmailValidator" => new FieldError(field, message, ErrorCodes.Format, "value_error.email"),
            _ when RangeChecks().IsMatch(failure.ErrorCode ?? "") => FieldError.Range(field, message),
            _ => FieldError.Format(field, message),
        };
    }

    // FluentValidation starts its own sentences with the quoted name of the property; the field is named beside it.
    private static string Sentence(ValidationFailure failure) =>
        LeadingName().Replace(failure.ErrorMessage, "").TrimEnd('.') is { Length: > 0 } rest ? rest : failure.ErrorMessage;

    [GeneratedRegex("^'[^']*' ")]
    private static partial Regex LeadingName();

    [GeneratedRegex("Between|GreaterThan|LessThan|Length|ScalePrecision")]
    private static partial Regex RangeChecks();
}
