using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Integrations.Deliveries;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations.Endpoints;

/// <summary>Switches a dead endpoint off and tells those who can mend it, in the transaction of the attempt that showed it.</summary>
internal sealed class DisableEndpoint(IntegrationsDb db, DeliveryLine line, IOrganizationDirectory directory, Mailbox mailbox,
    PublicAddress address, TimeProvider clock)
{
    public async Task RunAsync(WebhookEndpointId id, WebhookDisabledReason reason, CancellationToken ct)
    {
        var endpoint = await db.WebhookEndpoints.Include(e => e.Health).FirstAsync(e => e.Id == id, ct);
        if (!endpoint.IsActive) return;
        endpoint.Disable(reason, clock.Now());
        var (host, why) = (new Uri(endpoint.Url).Host, Why(endpoint.Health, reason)); // the rest of an address may hold a token
        var managers = await directory.HoldersAsync(IntegrationsPermissions.Manage, ct);
        var path = $"{ApiGroup.Root}/webhooks/endpoints/{endpoint.Id.Value}";
        foreach (var manager in managers) db.Raise(() => new Notification(manager.Id, $"Webhook to {host} disabled", why, path));
        await db.SaveChangesAsync(ct);
        await line.HoldAsync(id, ct);
        foreach (var manager in managers)
        {
            await mailbox.PostAsync(new Mail(manager.Email, $"The webhook to {host} was disabled",
                $$"""
                Hello {{manager.FullName}},

                events are no longer sent to the webhook endpoint {{id.Value}} at {{host}}. {{why}}

                They are kept meanwhile. When the receiver works again, make the endpoint active: what was kept goes out then, in order.

                    PATCH {{address.Of(path)}}
                    {"is_active": true}

                What the receiver answered is in the log: GET /api/v1/webhooks/deliveries?endpoint_id={{id.Value}}
                """) { ToName = manager.FullName, Reference = endpoint.Reference }, ct);
        }
    }

    private static string Why(WebhookHealth health, WebhookDisabledReason reason) => reason == WebhookDisabledReason.Gone
        ? "The receiver answered 410 Gone, which means that it wants no more."
        : string.Create(CultureInfo.InvariantCulture,
            $"The last {health.ConsecutiveFailures} attempts failed, and none has succeeded since {health.FailingSince:yyyy-MM-dd HH:mm} UTC.");
}
