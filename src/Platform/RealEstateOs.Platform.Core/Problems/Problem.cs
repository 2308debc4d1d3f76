namespace RealEstateOs.Platform.Problems;

/// <summary>
/// A refusal, thrown from anywhere and written once, at the edge, as RFC 9457 problem+json.
/// <see cref="ErrorType"/> follows realestateos-readme's exception hierarchy.
/// </summary>
public sealed class Problem(int status, string code, string errorType, string detail) : Exception(detail)
{
    /// <summary>So many faults are told; of the rest, how many there are.</summary>
    public const int MostErrors = 100;

    public int Status { get; } = status;
    public string Code { get; } = code;
    public string ErrorType { get; } = errorType;
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
    public IReadOnlyDictionary<string, object?> Details { get; init; } = new Dictionary<string, object?>();
    public TimeSpan? RetryAfter { get; init; }

    public static Problem Invalid(IReadOnlyList<FieldError> errors) =>
        new(422, errors[0].Code, "ValidationError", Summary(errors)) { Errors = errors };

    public static Problem Invalid(params FieldError[] errors) => Invalid((IReadOnlyList<FieldError>)errors);

    public static Problem Malformed(string detail) => new(400, ErrorCodes.Format, "InvalidInputError", detail);

    public static Problem NotFound(string what) => new(404, ErrorCodes.NotFound, "ResourceNotFoundError", $"{what} not found");

    public static Problem AlreadyExists(string detail, object? existing = null) =>
        new(409, ErrorCodes.AlreadyExists, "ResourceAlreadyExistsError", detail)
        {
            Details = existing is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { ["existing"] = existing },
        };

    /// <summary>The request is fine, the current state forbids it; <paramref name="details"/> says what would be legal.</summary>
    public static Problem Conflict(string detail, IReadOnlyDictionary<string, object?>? details = null) =>
        new(409, ErrorCodes.Conflict, "BusinessLogicError", detail) { Details = details ?? new Dictionary<string, object?>() };

    public static Problem PreconditionFailed() =>
        new(412, ErrorCodes.PreconditionFailed, "BusinessLogicError",
            "The resource has changed since it was read. Read it again, then repeat the change.");

    /// <summary>Others change the same records at this moment; the same request again will do.</summary>
    public static Problem Busy() =>
        new(409, ErrorCodes.Conflict, "BusinessLogicError",
            "Others are changing the same records at this moment. Nothing was changed; send the request again.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    public static Problem NotAuthenticated(string code = ErrorCodes.NotAuthenticated, string detail = "Not authenticated") =>
        new(401, code, code switch
        {
            ErrorCodes.InvalidCredentials => "InvalidCredentialsError",
            ErrorCodes.TokenExpired => "TokenExpiredError",
            _ => "AuthenticationError",
        }, detail);

    /// <param name="permission">What would be needed.</param>
    /// <param name="because">The state in which it is needed, a sentence; none where it always is.</param>
    public static Problem Forbidden(string permission, string? because = null) =>
        new(403, ErrorCodes.Forbidden, "InsufficientPermissionsError",
            $"{(because is null ? "" : because + " ")}This needs the permission {permission}.");

    public static Problem Locked(TimeSpan retryAfter) =>
        new(423, ErrorCodes.Locked, "AccountLockedError",
            "The account is locked after too many failed sign-ins.") { RetryAfter = retryAfter };

    public static Problem TooManyRequests(string detail, TimeSpan retryAfter, string code = ErrorCodes.RateLimited) =>
        new(429, code, "RateLimitError", detail) { RetryAfter = retryAfter };

    public static Problem TooLarge(string detail) => new(413, ErrorCodes.Range, "InvalidInputError", detail);

    public static Problem UnsupportedMedia(string detail) => new(415, ErrorCodes.Format, "InvalidInputError", detail);

    public static Problem Unavailable(string detail, string code = ErrorCodes.Unavailable, int status = 503) =>
        new(status, code, "ExternalServiceError", detail);

    private static string Summary(IReadOnlyList<FieldError> errors) =>
        errors.Count == 1 ? $"{errors[0].Field} {errors[0].Message}"
        : "Request validation failed: " + string.Join("; ", errors.Take(MostErrors).Select(e => $"{e.Field} {e.Message}"))
            + (errors.Count > MostErrors ? $"; and {errors.Count - MostErrors} more" : "");
}
