using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace RealEstateOs.Platform.Observability.Logs;

/// <summary>Gives each request an id, in both directions, and one line in the log.</summary>
internal sealed partial class RequestLogMiddleware(RequestDelegate next, TimeProvider clock, ILogger<RequestLogMiddleware> logger)
{
    public const string Header = "X-Request-ID";

    public async Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = IdOf(http.Request);
        // At the start of the response, because the error writer clears what was set before.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[Header] = http.TraceIdentifier;
            return Task.CompletedTask;
        });
        var started = clock.GetTimestamp();
        var path = Masking.Path(http.Request.Path.ToUriComponent());
        var failed = true;
        try
        {
            await next(http);
            failed = false;
        }
        finally
        {
            Write(http, path, StatusOf(http, failed), clock.GetElapsedTime(started));
        }
    }

    // A foreign id is taken over only if it can do no harm in logs and headers.
    internal static string IdOf(HttpRequest request)
    {
        var given = request.Headers[Header];
        return given is [{ Length: > 0 and <= 64 } id] && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')
            ? id
            : ActivityTraceId.CreateRandom().ToHexString(); // to be told apart by, not to be kept secret
    }

    private static int StatusOf(HttpContext http, bool failed)
    {
        if (!failed) return http.Response.StatusCode;
        return http.RequestAborted.IsCancellationRequested ? StatusCodes.Status499ClientClosedRequest
            : StatusCodes.Status500InternalServerError;
    }

    private void Write(HttpContext http, string path, int status, TimeSpan elapsed)
    {
        var endpoint = http.GetEndpoint();
        if (Activity.Current is { } activity && endpoint is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            activity.DisplayName = $"{http.Request.Method} {route}";
            activity.SetTag("http.route", route);
        }
        var level = status >= 500 ? LogLevel.Error
            : endpoint?.Metadata.GetMetadata<QuietRequest>() is not null ? LogLevel.Debug
            : LogLevel.Information;
        LogAnswered(
            logger, level, http.Request.Method, path, Masking.Query(http.Request.QueryString.Value), status,
            Math.Round(elapsed.TotalMilliseconds, 1), http.Connection.RemoteIpAddress?.ToString());
    }

    [LoggerMessage("{Method} {Path}{Query} answered {Status} in {ElapsedMs} ms to {ClientIp}")]
    private static partial void LogAnswered(
        ILogger logger, LogLevel level, string method, string path, string query, int status, double elapsedMs, string? clientIp);
}

/// <summary>Marks endpoints that are asked every few seconds by machines.</summary>
internal sealed class QuietRequest
{
    public static readonly QuietRequest Mark = new();
}
