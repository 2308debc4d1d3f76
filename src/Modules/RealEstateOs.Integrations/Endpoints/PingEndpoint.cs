using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Integrations.Deliveries;
using RealEstateOs.Integrations.Sending;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations.Endpoints;

/// <summary>What the receiver said to a ping.</summary>
/// <param name="Delivered">The receiver answered 2xx.</param>
/// <param name="ResponseStatus">Null where it did not answer.</param>
/// <param name="DurationMs">Until the answer, or until it was given up, in milliseconds.</param>
/// <param name="ResponseBody">The first 2 KB of the answer.</param>
/// <param name="Error">Why it counts as failed; null where it did not.</param>
/// <param name="MessageId">The <c>webhook-id</c> that the receiver saw.</param>
public sealed record PingResponse(bool Delivered, int? ResponseStatus, int DurationMs, string? ResponseBody, string? Error,
    WebhookDeliveryId DeliveryId, string MessageId);

internal static class PingEndpoint
{
    /// <summary>
    /// Sends a signed <c>webhook.ping</c> now, and answers what came back. Also to an inactive endpoint. It is tried once, and logged as a
    /// delivery.
    /// </summary>
    public static async Task<Results<Ok<PingResponse>, NotFound>> Handle(WebhookEndpointId id, IntegrationsDb db, WebhookSender sender,
        TimeProvider clock, CancellationToken ct)
    {
        var now = clock.Now();
        var found = await db.WebhookEndpoints.AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, ct);
        if (found is null) return TypedResults.NotFound();
        var messageId = $"ping_{Guid.NewGuid():n}";
        var body = QueueWebhooks.Body(WebhookEndpoint.Ping, now, new { endpoint_id = id.Value });
        var target = new SigningTarget(found.Url, found.Secret, found.PreviousSecretUntil > now ? found.PreviousSecret : null);
        var outcome = await sender.SendAsync(target, found.OrganizationId, messageId, body, ct);
        var delivery = new WebhookDelivery
        {
            EndpointId = id, MessageId = messageId, EventType = WebhookEndpoint.Ping, Lane = messageId, Body = body,
            Status = outcome.Succeeded ? WebhookDeliveryStatus.Delivered : WebhookDeliveryStatus.Failed,
            Attempts = 1, RoundAttempts = 1, DueAt = now, ResponseStatus = outcome.Status, Error = outcome.Error, CreatedAt = now,
            FinishedAt = clock.Now(),
            Log =
            {
                new WebhookAttempt
                {
                    Number = 1, StartedAt = outcome.StartedAt, DurationMs = outcome.DurationMs, ResponseStatus = outcome.Status,
                    ResponseBody = outcome.ResponseBody, Error = outcome.Error,
                },
            },
        };
        db.Add(delivery);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new PingResponse(outcome.Succeeded, outcome.Status, outcome.DurationMs, outcome.ResponseBody, outcome.Error,
            delivery.Id, messageId));
    }
}
