using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Integrations.Deliveries;
using RealEstateOs.Integrations.Sending;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Integrations.Endpoints;

internal static class ManageEndpoints
{
    private static readonly ListSpec<WebhookEndpoint> Spec = new ListSpec<WebhookEndpoint>()
        .Flag("is_active", e => e.IsActive)
        .HasAll("event_type", types => e => types.All(type => e.EventTypes.Contains(type)))
        .Is("disabled_reason", e => e.DisabledReason)
        .Is("created_by", e => e.CreatedBy)
        .Range("created_at", e => e.CreatedAt)
        .Sort("created_at", e => e.CreatedAt).Sort("url", e => e.Url)
        .By("-created_at");

    /// <summary>The addresses that events are sent to, and how they fare.</summary>
    public static Task<ListResult<EndpointResponse>> List(ListRequest list, IntegrationsDb db, CancellationToken ct) =>
        list.PageAsync(db.WebhookEndpoints.AsNoTracking(), Spec, e => e.Id, EndpointResponse.Projection, ct);

    /// <summary>One endpoint, and how it fares.</summary>
    public static Task<Results<Ok<EndpointResponse>, NotFound>> Get(WebhookEndpointId id, IntegrationsDb db, CancellationToken ct) =>
        db.WebhookEndpoints.AsNoTracking().Where(e => e.Id == id).Select(EndpointResponse.Projection).AnswerOneAsync(ct);

    /// <summary>Adds an endpoint, to which events go from now on. The answer shows its secret, once.</summary>
    public static async Task<Created<EndpointWithSecretResponse>> Create(
        CreateEndpointRequest request, IntegrationsDb db, SecretBox box, IOptions<WebhookOptions> options, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended('integrations.webhook_endpoints', {db.CurrentOrganization.Value}))", ct);
        var most = options.Value.MaxEndpoints;
        if (await db.WebhookEndpoints.CountAsync(ct) >= most) throw Problem.Conflict($"An organization may have {most} webhook endpoints.");
        var (shown, kept) = SigningSecret.New(box, db.Work.Tenant.Required);
        var endpoint = new WebhookEndpoint();
        request.ApplyTo(endpoint);
        endpoint.Take(kept);
        db.Add(endpoint);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"{ApiGroup.Root}/webhooks/endpoints/{endpoint.Id.Value}",
            EndpointWithSecretResponse.Of(endpoint, shown));
    }

    /// <summary>
    /// Changes the members that are present. Made inactive by hand, it gets no events of that time; what waits goes out when it is active
    /// again.
    /// </summary>
    public static async Task<Results<Ok<EndpointResponse>, NotFound>> Update(WebhookEndpointId id, UpdateEndpointRequest request,
        IntegrationsDb db, DeliveryLine line, CancellationToken ct)
    {
        if (await line.LockAsync(id, ct) is not { } endpoint) return TypedResults.NotFound();
        var wasActive = endpoint.IsActive;
        request.ApplyTo(endpoint);
        await db.SaveChangesAsync(ct);
        if (wasActive && !endpoint.IsActive) await line.HoldAsync(id, ct);
        if (!wasActive && endpoint.IsActive) await line.ReviveAsync(endpoint, ct);
        return TypedResults.Ok(EndpointResponse.Of(endpoint));
    }

    /// <summary>Deletes the endpoint with its secret and its log of deliveries, for good.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(WebhookEndpointId id, IntegrationsDb db, DeliveryLine line,
        CancellationToken ct)
    {
        if (await line.LockAsync(id, ct) is not { } endpoint) return TypedResults.NotFound();
        db.Remove(endpoint);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
