namespace RealEstateOs.Platform.Problems;

/// <summary>One fault of a request, in the words of all three seeds at once.</summary>
/// <param name="Field">The member's path in snake_case: <c>splits[0].percent</c>.</param>
/// <param name="Message">What is wrong, for a person.</param>
/// <param name="Code"><c>VAL_001</c> missing, <c>VAL_002</c> format, <c>VAL_003</c> out of range.</param>
/// <param name="Type">realestateos-readme's name of the fault: <c>value_error.email</c>.</param>
public sealed record FieldError(string Field, string Message, string Code, string Type)
{
    /// <summary>Where the member stands: body, query, path, header or row.</summary>
    public string In { get; init; } = "body";

    /// <summary>What was given instead, where that is no free text.</summary>
    public string? Given { get; init; }

    public static FieldError Missing(string field) => new(field, "is required", ErrorCodes.Missing, "value_error.missing");

    public static FieldError Format(string field, string message) => new(field, message, ErrorCodes.Format, "value_error.format");

    public static FieldError Range(string field, string message) => new(field, message, ErrorCodes.Range, "value_error.range");

    public object[] Loc => [In, .. Field.Split('.')];
}

/// <summary>The stable codes of API errors.</summary>
public static class ErrorCodes
{
    public const string InvalidCredentials = "AUTH_001", TokenExpired = "AUTH_002", Forbidden = "AUTH_003", NotAuthenticated = "AUTH_004",
        Locked = "AUTH_005";
    public const string NotFound = "RES_001", AlreadyExists = "RES_002", Conflict = "RES_003", PreconditionFailed = "RES_004";
    public const string Missing = "VAL_001", Format = "VAL_002", Range = "VAL_003";
    public const string RateLimited = "RATE_001", QuotaExceeded = "RATE_002";
    public const string PackageNotFound = "WF_001", WorkflowParameters = "WF_002", WorkflowFailed = "WF_003";
    public const string Unavailable = "SYS_001", Database = "SYS_002", External = "SYS_003";
}
