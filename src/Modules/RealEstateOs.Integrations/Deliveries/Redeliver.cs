using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Integrations.Deliveries;

/// <example>{"since": "2026-01-31T00:00:00Z"}</example>
public sealed record RedeliverRequest : IRequestBody<RedeliverRequest>
{
    /// <summary>Failed deliveries of events that were queued at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }
}

internal sealed class RedeliverValidator : AbstractValidator<RedeliverRequest>
{
    public RedeliverValidator() => RuleFor(r => r.Since).NotNull();
}

/// <summary>How many deliveries go out again.</summary>
/// <param name="Redelivered">How many go out again; the same events keep their <c>webhook-id</c>.</param>
public sealed record RedeliverResponse(int Redelivered);

internal static class Redeliver
{
    /// <summary>Sends a delivered or failed delivery again, under the same message id. One that is still under way is a 409.</summary>
    public static async Task<Results<Accepted<RedeliverResponse>, NotFound>> One(WebhookDeliveryId id, IntegrationsDb db, DeliveryLine line,
        CancellationToken ct)
    {
        var found = await db.WebhookDeliveries.AsNoTracking().Where(d => d.Id == id).Select(d => new { d.EndpointId })
            .FirstOrDefaultAsync(ct);
        if (found is null || await line.LockAsync(found.EndpointId, ct) is not { } endpoint) return TypedResults.NotFound();
        var count = await line.RedeliverAsync(endpoint, id, null, ct);
        return count > 0 ? TypedResults.Accepted((string?)null, new RedeliverResponse(count))
            : throw Problem.Conflict("The delivery is still under way.");
    }

    /// <summary>Sends all failed deliveries since a time again, in the order of their events.</summary>
    public static async Task<Results<Accepted<RedeliverResponse>, NotFound>> Failed(WebhookEndpointId id, RedeliverRequest request,
        DeliveryLine line, CancellationToken ct) =>
            await line.LockAsync(id, ct) is { } endpoint
                ? TypedResults.Accepted((string?)null, new RedeliverResponse(await line.RedeliverAsync(endpoint, null, request.Since, ct)))
                : TypedResults.NotFound();
}
