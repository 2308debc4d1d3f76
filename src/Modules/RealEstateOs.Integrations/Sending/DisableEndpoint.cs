using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Integrations.Deliveries;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations.Sending;

/// <summary>Switches a dead endpoint off and tells those who can mend it, in the transaction of the attempt that showed it.</summary>
internal sealed class DisableEndpoint(IntegrationsDb db, DeliveryLine line, IOrganizationDirectory directory, Mailbox mailbox,
    PublicAddress address, TimeProvider clock)
{
    public async Task RunAsync(WebhookEndpointId id, WebhookDisabledReason reason, CancellationToken ct)
    {
        var endpoint = await db.WebhookEndpoints.Include(e => e.Health).FirstAsync(e => e.Id == id, ct);
        if (!endpoint.IsActive) return;
        endpoint.Disable(reason, clock.Now());
        var office = await directory.BrandAsync(ct);
        var (host, why) = (new Uri(endpoint.Url).Host, WebhookWords.Of(office.Locale).Why(endpoint.Health, reason));
        var managers = await directory.HoldersAsync(IntegrationsPermissions.Manage, ct);
        var path = $"{ApiGroup.Root}/webhooks/endpoints/{endpoint.Id.Value}";
        foreach (var manager in managers) db.Raise(() => new Notification(manager.Id, $"Webhook to {host} disabled", why, path));
        await db.SaveChangesAsync(ct);
        await line.HoldAsync(id, ct);
        var log = $"{ApiGroup.Root}/webhooks/deliveries?endpoint_id={id.Value}";
        foreach (var manager in managers)
            await mailbox.PostAsync(WebhookMail.To(manager, office, host, why, address.Of(path), log) with
            {
                Reference = endpoint.Reference,
            }, ct);
    }
}
