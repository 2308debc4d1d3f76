using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http;

/// <summary>The one place where an error becomes an answer: application/problem+json with the members of all seeds.</summary>
public static class ProblemWriter
{
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            AllowStatusCode404Response = true, // of a HEAD, whose answer has no body that would have begun it
            ExceptionHandler = context => AnswerAsync(context, context.Features.Get<IExceptionHandlerFeature>()!.Error),
            SuppressDiagnosticsCallback = context => Translate(context.Exception, context.HttpContext).Status is < 500 or 503 or 507,
        });
        return app.UseStatusCodePages(context => WriteAsync(context.HttpContext, ForStatus(context.HttpContext.Response.StatusCode)));
    }

    // An outage of a neighbour is one line for each request and no stack trace: it is no fault of the code, and would fill the disk.
    private static Task AnswerAsync(HttpContext context, Exception error)
    {
        var problem = Translate(error, context);
        if (problem.Status is 503 or 507)
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProblemWriter)).LogWarning("{Detail} {Reason}",
                problem.Message, error.GetBaseException().Message);
        return WriteAsync(context, problem);
    }

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (problem.Status == 401) response.Headers.WWWAuthenticate = "Bearer";
        response.Headers.CacheControl = "no-store";
        response.ContentType = "application/problem+json";
        await JsonSerializer.SerializeAsync(response.Body, Body(context, problem), Json.Options, context.RequestAborted);
    }

    private static ProblemBody Body(HttpContext context, Problem problem) =>
        Body(problem, context.Request.Path.Value, context.TraceIdentifier,
            context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());

    internal static ProblemBody Body(Problem problem, string? path, string requestId, DateTimeOffset now)
    {
        var errors = problem.Errors.Take(Problem.MostErrors)
            .Select(e => new FaultOfMember(e.Field, e.Loc, e.Message, e.Message, e.Type, e.Code)).ToArray();
        var details = new Dictionary<string, object?>(problem.Details) { ["errors"] = errors };
        if (problem.Errors.Count > errors.Length) details["more_errors"] = problem.Errors.Count - errors.Length;
        if (problem.Errors is [var only])
        {
            details.TryAdd("field", only.Field);
            details.TryAdd("value", only.Given);
            details.TryAdd("expected", only.Message);
        }
        return new ProblemBody(
            $"urn:realestateos:error:{problem.Code.ToLowerInvariant()}", ReasonPhrases.GetReasonPhrase(problem.Status), problem.Status,
            problem.Message,
            path, problem.Code, requestId, now, errors,
            new ProblemEnvelope(problem.ErrorType, problem.Code, problem.Message, details));
    }

    internal static Problem Translate(Exception exception, HttpContext context) => exception switch
    {
        Problem problem => problem,
        BadHttpRequestException { StatusCode: 413 } => Problem.TooLarge("The request body is too large."),
        BadHttpRequestException { StatusCode: 415 } => Problem.UnsupportedMedia("The content type of the request is not supported here."),
        BadHttpRequestException bad => FromBinding(bad),
        IOException full when DiskFull.Is(full) => DiskFull.Problem(),
        InvalidDataException bad => Problem.Malformed(bad.Message),
        DbUpdateConcurrencyException when HttpMethods.IsDelete(context.Request.Method) => Problem.PreconditionFailed(),
        DbUpdateConcurrencyException => Problem.Busy(),
        OperationCanceledException when context.RequestAborted.IsCancellationRequested =>
            new Problem(499, ErrorCodes.Unavailable, "ClientClosedRequest", "The client closed the request."),
        TimeoutException => Unreachable(),
        _ when exception.DatabaseFault() is { } fault && FromDatabase(fault) is { } said => said,
        _ => new Problem(500, ErrorCodes.Unavailable, "InternalError",
            $"Something went wrong on our side. Quote request id {context.TraceIdentifier}."),
    };

    private static Problem? FromDatabase(NpgsqlException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => Problem.AlreadyExists("Such a resource already exists."),
        PostgresErrorCodes.ForeignKeyViolation => Problem.Conflict("Something this refers to does not exist, or is still in use."),
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => Problem.Busy(),
        _ => fault.IsOurs() ? null : Unreachable(),
    };

    private static Problem Unreachable() => Problem.Unavailable("The database cannot be reached at the moment.", ErrorCodes.Database);

    // The framework's binder stops at the first unreadable parameter and names it in its message only.
    private static Problem FromBinding(BadHttpRequestException bad)
    {
        var words = bad.Message.Split('"');
        if (words is [_, var parameter, ..] && bad.Message.StartsWith("Failed to bind parameter", StringComparison.Ordinal))
            return Problem.Invalid(FieldError.Format(Json.SnakeCase(parameter.Split(' ')[^1]), "cannot be read") with { In = "query" });
        if (words is [_, var missing, ..] && bad.Message.StartsWith("Required parameter", StringComparison.Ordinal))
            return Problem.Invalid(FieldError.Missing(Json.SnakeCase(missing.Split(' ')[^1])) with { In = "query" });
        return Problem.Malformed("The request cannot be read.");
    }

    private static Problem ForStatus(int status) => status switch
    {
        401 => Problem.NotAuthenticated(),
        403 => new Problem(403, ErrorCodes.Forbidden, "InsufficientPermissionsError", "Your permissions do not allow this."),
        404 => Problem.NotFound("Resource"),
        405 => new Problem(405, ErrorCodes.Format, "InvalidInputError", "This method is not supported here."),
        412 => Problem.PreconditionFailed(),
        413 => Problem.TooLarge("The request body is too large."),
        415 => Problem.UnsupportedMedia("The content type of the request is not supported here."),
        < 500 => new Problem(status, ErrorCodes.Format, "InvalidInputError", ReasonPhrases.GetReasonPhrase(status)),
        _ => Problem.Unavailable(ReasonPhrases.GetReasonPhrase(status), status: status),
    };
}
