using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>
/// Where mail and SMS providers report. What is not signed by them is a 401; what is signed is never refused for what it is about.
/// </summary>
internal static class ReceiveEvents
{
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Takes events of mails. A single event with a hex HMAC-SHA256 of the body in X-Webhook-Signature, or SendGrid's signed list of
    /// events.
    /// </summary>
    public static async Task<Ok<IntakeResponse>> Email(HttpRequest request, WebhookSecrets secrets, EventIntake intake, TimeProvider clock,
        CancellationToken ct)
    {
        var body = await ReadAsync(request, MostBytes, ct);
        if (!IsFromMailProvider(request, secrets, body)) throw NotSigned();
        using var json = Parse(body);
        var events = json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()]
            : new[] { json.RootElement };
        var now = clock.Now();
        return TypedResults.Ok(await intake.TakeAsync(
            [.. events.Where(e => e.ValueKind == JsonValueKind.Object).Select(e => ProviderEvent.Email(e, now))], ct));
    }

    /// <summary>
    /// Takes events of text messages. Twilio's form with X-Twilio-Signature, or JSON signed by X-Webhook-Signature or, with bodySHA256 in
    /// the address, by Twilio.
    /// </summary>
    public static async Task<Ok<IntakeResponse>> Sms(HttpRequest request, WebhookSecrets secrets, PublicAddress outside, EventIntake intake,
        TimeProvider clock, CancellationToken ct)
    {
        var body = await ReadAsync(request, MostBytes, ct);
        var form = request.HasFormContentType ? Form(body) : [];
        // What Twilio signs is the address that it called, which a proxy may hide from us.
        var addresses = new[] { outside.Of($"{request.Path}{request.QueryString}"),
            $"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}" }
            .Select(a => Uri.TryCreate(a, UriKind.Absolute, out var address) ? address : null).OfType<Uri>();
        var signed = Signatures.Twilio(secrets.Twilio, Header(request, "X-Twilio-Webhooks-Signature-Settings"), addresses, form, body,
            request.Query["bodySHA256"].FirstOrDefault(),
            Header(request, "X-Twilio-Signature"))
            || Signatures.Hmac(secrets.SmsSecret, body, Header(request, "X-Webhook-Signature"));
        if (!signed) throw NotSigned();
        var members = form.Count > 0 ? form.ToDictionary(f => f.Key, f => f.Value[0].Replace("\0", "", StringComparison.Ordinal))
            : Members(body);
        return TypedResults.Ok(await intake.TakeAsync(
            [ProviderEvent.Sms(members, JsonSerializer.Serialize(members, Json.Options), clock.Now())], ct));
    }

    internal static async Task<byte[]> ReadAsync(HttpRequest request, long most, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + read > most) throw Problem.TooLarge($"A delivery may have {most / (1024 * 1024)} MB.");
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }

    private static List<KeyValuePair<string, string[]>> Form(byte[] body)
    {
        using var reader = new FormReader(System.Text.Encoding.UTF8.GetString(body));
        try
        {
            return [.. reader.ReadForm().Select(f => KeyValuePair.Create(f.Key, f.Value.Select(v => v ?? "").ToArray()))];
        }
        catch (InvalidDataException)
        {
            throw Problem.Malformed("The form has more or longer members than any provider sends.");
        }
    }

    private static Dictionary<string, string> Members(byte[] body)
    {
        using var json = Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object) throw Problem.Malformed("The body must be a JSON object.");
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in json.RootElement.EnumerateObject())
            if (ProviderEvent.Scalar(member.Value) is { } text) members[member.Name] = text;
        return members;
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException)
        {
            throw Problem.Malformed("The body is not valid JSON.");
        }
    }

    /// <summary>Signed by SendGrid, or by X-Webhook-Signature.</summary>
    internal static bool IsFromMailProvider(HttpRequest request, WebhookSecrets secrets, byte[] body) =>
        Signatures.SendGrid(secrets.SendGridPublicKey, body, Header(request, "X-Twilio-Email-Event-Webhook-Timestamp"),
            Header(request, "X-Twilio-Email-Event-Webhook-Signature"))
            || Signatures.Hmac(secrets.EmailSecret, body, Header(request, "X-Webhook-Signature"));

    private static string? Header(HttpRequest request, string name) => request.Headers[name].FirstOrDefault();

    internal static Problem NotSigned() => Problem.NotAuthenticated(detail: "The webhook is not signed, or not by its provider.");
}
