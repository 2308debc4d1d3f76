using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Events.Live;

internal static class OpenStream
{
    /// <summary>
    /// Live events of the own organization, as Server-Sent Events. Frames are named (<c>property_updated</c>), or unnamed with
    /// <c>{type, data}</c> where <c>format=envelope</c>. A client that sends <c>Last-Event-ID</c> gets what it missed in the last 24 hours
    /// first.
    /// </summary>
    /// <param name="format"><c>named</c> (default) or <c>envelope</c>.</param>
    /// <param name="last_event_id">Like the header, for clients that can't send it.</param>
    /// <param name="token">From <c>POST /sse/token</c>, in place of the Authorization header.</param>
    /// <param name="lastEventId">The id of the last event that the client has seen.</param>
    public static async Task Handle(
        HttpContext http, CurrentUser user, LiveStreams streams, StreamPump pump, IOptions<EventsOptions> options, TimeProvider clock,
        IHostApplicationLifetime host,
        string? format = null, string? last_event_id = null, string? token = null,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId = null)
    {
        var after = ReadPosition(lastEventId ?? last_event_id);
        using var stream = streams.Open(user.Principal, ReadFormat(format));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        http.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (http.IsHead()) return; // it would go on for ever
        try
        {
            var output = new FrameWriter(http.Response.BodyWriter, TimeSpan.FromSeconds(options.Value.StuckSeconds), clock);
            await pump.RunAsync(stream, after, output, end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client has gone, or the host stops.
        }
        catch (TimeoutException)
        {
            http.Abort(); // it takes nothing; it may come back with its last id
        }
    }

    private static long? ReadPosition(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return position;
        throw Problem.Invalid(FieldError.Format("last_event_id", "is no id of this stream's events") with { In = "query" });
    }

    private static bool ReadFormat(string? format) => format switch
    {
        null or "" or "named" => false,
        "envelope" => true,
        _ => throw Problem.Invalid(FieldError.Format("format", "is named or envelope") with { In = "query" }),
    };
}
