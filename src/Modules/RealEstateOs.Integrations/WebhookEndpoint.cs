using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations;

/// <summary>Why an endpoint was switched off by itself.</summary>
public enum WebhookDisabledReason
{
    /// <summary>Nothing succeeded for too long.</summary>
    Failing,

    /// <summary>The receiver answered 410 Gone.</summary>
    Gone,
}

/// <summary>An address that the organization's events are sent to, the ones it wants, and what they are signed with.</summary>
internal sealed class WebhookEndpoint : Entity<WebhookEndpointId>
{
    /// <summary>The event that is sent to try it.</summary>
    public const string Ping = "webhook.ping";

    public string Url { get; set; } = "";
    public string? Description { get; set; }
    public string[] EventTypes { get; set; } = ["*"];
    public bool IsActive { get; private set; } = true;

    /// <summary>Set where the product switched it off, not a person: events are held for it meanwhile.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }
    public WebhookDisabledReason? DisabledReason { get; private set; }

    /// <summary>Sealed, as is <see cref="PreviousSecret"/>.</summary>
    [Secret] public byte[] Secret { get; private set; } = [];
    [Secret] public byte[]? PreviousSecret { get; private set; }
    public DateTimeOffset? PreviousSecretUntil { get; private set; }
    public WebhookHealth Health { get; set; } = new();

    /// <summary>The first secret, or a new one beside which the old one signs until <paramref name="previousUntil"/>.</summary>
    public void Take(byte[] secret, DateTimeOffset? previousUntil = null)
    {
        (PreviousSecret, PreviousSecretUntil) = previousUntil is null ? (null, null) : (Secret, previousUntil);
        Secret = secret;
    }

    public void Switch(bool on) => (IsActive, DisabledAt, DisabledReason) = (on, null, null);

    public void Disable(WebhookDisabledReason reason, DateTimeOffset now) => (IsActive, DisabledAt, DisabledReason) = (false, now, reason);
}

/// <summary>How an endpoint fares.</summary>
internal sealed class WebhookHealth : ITenantOwned, INotAudited
{
    public WebhookEndpointId EndpointId { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public int ConsecutiveFailures { get; set; }
    public DateTimeOffset? FailingSince { get; set; }
    public DateTimeOffset? LastSuccessAt { get; set; }
    public DateTimeOffset? LastFailureAt { get; set; }

    /// <summary>The last attempt got no answer in time.</summary>
    public bool Hangs { get; set; }
}

internal sealed class WebhookEndpointMapping : IEntityTypeConfiguration<WebhookEndpoint>, IEntityTypeConfiguration<WebhookHealth>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> endpoint) =>
        endpoint.HasOne(e => e.Health).WithOne().HasForeignKey<WebhookHealth>(h => h.EndpointId);

    public void Configure(EntityTypeBuilder<WebhookHealth> health)
    {
        health.ToTable("webhook_health");
        health.HasKey(h => h.EndpointId);
    }
}
