using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Integrations.Deliveries;

/// <summary>A delivery as the log lists it.</summary>
public record DeliveryResponse
{
    public WebhookDeliveryId Id { get; init; }
    public OrganizationId OrganizationId { get; init; }
    public WebhookEndpointId EndpointId { get; init; }

    /// <summary>The header <c>webhook-id</c>, the same at each attempt and redelivery.</summary>
    public string MessageId { get; init; } = "";
    /// <summary>Name of the event, such as deal.closed.</summary>
    public string EventType { get; init; } = "";

    /// <summary>What the event is about; events of one resource keep their order.</summary>
    public string? Resource { get; init; }
    public WebhookDeliveryStatus Status { get; init; }
    /// <summary>How often it was sent so far.</summary>
    public int Attempts { get; init; }

    /// <summary>When it goes out next; null where that depends on an earlier one, or is over.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The status of the last attempt's answer; null where none came, and <c>error</c> says why.</summary>
    public int? ResponseStatus { get; init; }
    /// <summary>What went wrong at the last attempt; null where nothing did.</summary>
    public string? Error { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was delivered or given up; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    internal static readonly Expression<Func<WebhookDelivery, DeliveryResponse>> Projection = d => new DeliveryResponse
    {
        Id = d.Id, OrganizationId = d.OrganizationId, EndpointId = d.EndpointId, MessageId = d.MessageId, EventType = d.EventType,
        Resource = d.Resource, Status = d.Status,
        Attempts = d.Attempts, NextAttemptAt = d.Status == WebhookDeliveryStatus.Pending ? d.DueAt : null,
        ResponseStatus = d.ResponseStatus, Error = d.Error,
        CreatedAt = d.CreatedAt, FinishedAt = d.FinishedAt,
    };
}

/// <summary>One attempt.</summary>
/// <param name="ResponseBody">The first 2 KB of the answer.</param>
/// <param name="ResponseStatus">What the receiver answered; null where it did not answer.</param>
/// <param name="Error">Why it counts as failed.</param>
/// <param name="Number">From 1.</param>
/// <param name="StartedAt">When the request was sent.</param>
/// <param name="DurationMs">Until the answer, or until it was given up, in milliseconds.</param>
public sealed record AttemptResponse(int Number, DateTimeOffset StartedAt, int DurationMs, int? ResponseStatus, string? ResponseBody,
    string? Error);

/// <summary>A delivery with what is sent and what came back.</summary>
public sealed record DeliveryDetailResponse : DeliveryResponse
{
    internal DeliveryDetailResponse(DeliveryResponse delivery) : base(delivery)
    {
    }

    /// <summary>What the receiver gets.</summary>
    public JsonElement Body { get; init; }

    /// <summary>All attempts, the first one first.</summary>
    public IReadOnlyList<AttemptResponse> Log { get; init; } = [];
}

internal static class ReadDeliveries
{
    private static readonly ListSpec<WebhookDelivery> Spec = new ListSpec<WebhookDelivery>()
        .Is("endpoint_id", d => d.EndpointId)
        .Is("status", d => d.Status)
        .Is("event_type", d => d.EventType)
        .Is("resource", d => d.Resource)
        .Is("response_status", d => d.ResponseStatus)
        .Is("message_id", d => d.MessageId)
        .Range("created_at", d => d.CreatedAt)
        .Sort("created_at", d => d.CreatedAt)
        .By("-created_at");

    /// <summary>The log of deliveries, the latest first; kept for 30 days.</summary>
    public static Task<ListResult<DeliveryResponse>> List(ListRequest list, IntegrationsDb db, CancellationToken ct) =>
        list.PageAsync(db.WebhookDeliveries.AsNoTracking(), Spec, d => d.Id, DeliveryResponse.Projection, ct);

    /// <summary>One delivery: what is sent, and each attempt with what the receiver answered.</summary>
    public static async Task<Results<Ok<DeliveryDetailResponse>, NotFound>> Get(WebhookDeliveryId id, IntegrationsDb db,
        CancellationToken ct)
    {
        var found = db.WebhookDeliveries.AsNoTracking().Where(d => d.Id == id);
        if (await found.Select(DeliveryResponse.Projection).FirstOrDefaultAsync(ct) is not { } delivery) return TypedResults.NotFound();
        var body = await found.Select(d => d.Body).FirstAsync(ct);
        var log = await found.SelectMany(d => d.Log).OrderBy(a => a.Id)
            .Select(a => new AttemptResponse(a.Number, a.StartedAt, a.DurationMs, a.ResponseStatus, a.ResponseBody, a.Error))
            .ToListAsync(ct);
        return TypedResults.Ok(new DeliveryDetailResponse(delivery) { Body = JsonSerializer.Deserialize<JsonElement>(body), Log = log });
    }
}
