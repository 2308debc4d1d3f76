using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Outgoing;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Integrations.Sending;

/// <summary>What one attempt came to.</summary>
internal sealed record AttemptOutcome(DateTimeOffset StartedAt, int DurationMs, int? Status, string? ResponseBody, string? Error,
    TimeSpan? RetryAfter = null, bool TimedOut = false)
{
    /// <summary>2xx and nothing else: a redirect is not followed.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>Posts one message, signed, and reads the first part of the answer.</summary>
internal sealed class WebhookSender(OutgoingHttp outgoing, SecretBox box, IOptions<WebhookOptions> options, TimeProvider clock)
{
    private const int MostOfResponse = 2048;

    public async Task<AttemptOutcome> SendAsync(SigningTarget target, OrganizationId organization, string messageId, string body,
        CancellationToken ct)
    {
        var (started, from) = (clock.Now(), clock.GetTimestamp());
        AttemptOutcome Ended(int? status, string? response, string? error, TimeSpan? retryAfter = null) =>
            new(started, (int)clock.GetElapsedTime(from).TotalMilliseconds, status, response, error, retryAfter);

        using var limit = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            using var request = Request(target, organization, messageId, body, started);
            if (request is null) return Ended(null, null, "The secret can't be read under this installation's key. Rotate it.");
            using var response = await outgoing.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            return Ended(status, await ReadAsync(response, either.Token),
                status is >= 200 and < 300 ? null : $"The receiver answered {status}.", RetryAfter(response));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return Ended(null, null,
                string.Create(CultureInfo.InvariantCulture,
                    $"No whole answer within {options.Value.Timeout.TotalSeconds:0.#} s.")) with { TimedOut = true };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UriFormatException)
        {
            return Ended(null, null, Explain(exception));
        }
    }

    private HttpRequestMessage? Request(SigningTarget target, OrganizationId organization, string messageId, string body,
        DateTimeOffset now)
    {
        // The older first: a widespread verifier looks at the first signature only, and its owner may not have taken over the new secret
        // yet.
        var keys = new[] { target.PreviousSecret, target.Secret }.OfType<byte[]>()
            .Select(s => SigningSecret.Open(box, s, organization)).ToArray();
        if (keys[^1] is null) return null;
        var timestamp = now.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers =
                { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } },
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("RealEstateOS-Webhooks", "1.0"));
        request.Headers.Add("webhook-id", messageId);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", SigningSecret.Header(keys.OfType<byte[]>(), messageId, timestamp, body));
        return request;
    }

    private static async Task<string?> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[MostOfResponse];
        var read = await stream.ReadAtLeastAsync(buffer, MostOfResponse, throwOnEndOfStream: false, ct);
        return read == 0 ? null : Encoding.UTF8.GetString(buffer, 0, read).Replace("\0", "", StringComparison.Ordinal);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } wait ? wait.Delta ?? wait.Date - clock.GetUtcNow() : null;

    // What goes wrong on the way, without a word about addresses that a name may have inside.
    private static string Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressRefused) return cause.Message;
            if (cause is AuthenticationException) return "The receiver's certificate was not accepted.";
            if (cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain })
                return "The receiver's name could not be resolved.";
            if (cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused }) return "The receiver refused the connection.";
        }
        return "The connection to the receiver failed.";
    }
}
