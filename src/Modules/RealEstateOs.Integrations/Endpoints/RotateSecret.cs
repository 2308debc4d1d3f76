using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Integrations.Deliveries;
using RealEstateOs.Integrations.Sending;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Integrations.Endpoints;

/// <example>{"overlap_hours": 24}</example>
public sealed record RotateSecretRequest : IRequestBody<RotateSecretRequest>
{
    /// <summary>
    /// For so many hours deliveries are signed with the old secret, too; default 24. With 0 the old one ends at once: for a secret that
    /// became known.
    /// </summary>
    public int? OverlapHours { get; init; }
}

internal sealed class RotateSecretValidator : AbstractValidator<RotateSecretRequest>
{
    public RotateSecretValidator() => RuleFor(r => r.OverlapHours).InclusiveBetween(0, 168);
}

internal static class RotateSecret
{
    private const int UsualOverlap = 24;

    /// <summary>
    /// Gives the endpoint a new secret, which the answer shows, once. For the overlap each delivery carries two signatures.
    /// </summary>
    public static async Task<Results<Ok<EndpointWithSecretResponse>, NotFound>> Handle(
        WebhookEndpointId id, RotateSecretRequest request, IntegrationsDb db, DeliveryLine line, SecretBox box, TimeProvider clock,
        CancellationToken ct)
    {
        if (await line.LockAsync(id, ct) is not { } endpoint) return TypedResults.NotFound();
        var (shown, kept) = SigningSecret.New(box, db.Work.Tenant.Required);
        var overlap = request.OverlapHours ?? UsualOverlap;
        endpoint.Take(kept, overlap == 0 ? null : clock.Now().AddHours(overlap));
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(EndpointWithSecretResponse.Of(endpoint, shown));
    }
}
