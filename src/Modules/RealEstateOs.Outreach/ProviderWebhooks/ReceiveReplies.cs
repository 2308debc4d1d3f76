using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>Where answers by mail come in.</summary>
internal static class ReceiveReplies
{
    /// <summary>As much as SendGrid posts: mails with their attachments, which are left where they are.</summary>
    public const long MostBytes = 32 * 1024 * 1024;

    private const int MostParts = 200;

    /// <summary>
    /// Takes an incoming mail as SendGrid's Inbound Parse posts it. Signed by SendGrid, by X-Webhook-Signature, or called with the secret
    /// as the password of the address.
    /// </summary>
    public static async Task<Ok<IntakeResponse>> Handle(HttpRequest request, WebhookSecrets secrets, EventIntake intake,
        ReplyAddresses addresses, MessageIds ids, TimeProvider clock, CancellationToken ct)
    {
        var body = await ReceiveEvents.ReadAsync(request, MostBytes, ct);
        if (!ReceiveEvents.IsFromMailProvider(request, secrets, body)
            && !HasPassword(request.Headers.Authorization.FirstOrDefault(), secrets.EmailSecret)) throw ReceiveEvents.NotSigned();
        var mail = InboundMail.Read(await FormAsync(request, body, ct)) ?? throw Problem.Malformed("The form holds no mail.");
        var answered = mail.References.Select(ids.NamedIn).FirstOrDefault(named => named is not null);
        return TypedResults.Ok(await intake.TakeAsync(
            [ProviderEvent.Reply(mail, addresses.ReferenceOf(mail.To), answered, clock.Now())], ct));
    }

    private static bool HasPassword(string? authorization, string? secret)
    {
        if (string.IsNullOrEmpty(secret) || !System.Net.Http.Headers.AuthenticationHeaderValue.TryParse(authorization, out var header)
            || header is not { Scheme: "Basic", Parameter: { } encoded }) return false;
        var buffer = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, buffer, out var length)) return false;
        var given = Encoding.UTF8.GetString(buffer.AsSpan(0, length));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[(given.IndexOf(':', StringComparison.Ordinal) + 1)..]),
            Encoding.UTF8.GetBytes(secret));
    }

    private static async Task<Dictionary<string, byte[]>> FormAsync(HttpRequest request, byte[] body, CancellationToken ct)
    {
        if (Multipart.BoundaryOf(request) is not { } boundary) throw Problem.UnsupportedMedia("A mail is posted as multipart/form-data.");
        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            var reader = new MultipartReader(boundary, new MemoryStream(body));
            for (var count = 0; count < MostParts && await reader.ReadNextSectionAsync(ct) is { } section; count++)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                    || disposition.IsFileDisposition()) continue;
                using var content = new MemoryStream();
                await section.Body.CopyToAsync(content, ct);
                parts[HeaderUtilities.RemoveQuotes(disposition.Name).ToString()] = content.ToArray();
            }
            return parts;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Problem.Malformed("The form is cut off, or no form at all.");
        }
    }
}
