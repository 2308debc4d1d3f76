using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Integrations;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations.Deliveries;

/// <summary>Where a delivery stands.</summary>
public enum WebhookDeliveryStatus
{
    /// <summary>Behind an earlier event of the same resource.</summary>
    Waiting,

    /// <summary>Goes out when it is due.</summary>
    Pending,
    Sending,
    Delivered,

    /// <summary>All attempts failed.</summary>
    Failed,

    /// <summary>The endpoint is inactive; goes out when it is active again.</summary>
    Held,
}

/// <summary>An event on its way to one endpoint. The id of the message is the event's: the same at each attempt and redelivery.</summary>
internal sealed class WebhookDelivery : ITenantOwned, INotAudited
{
    public WebhookDeliveryId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public WebhookEndpointId EndpointId { get; set; }
    public string MessageId { get; set; } = "";
    public string EventType { get; set; } = "";

    /// <summary>What the event is about, as a reference.</summary>
    public string? Resource { get; set; }

    /// <summary>What keeps its order: the resource, or the message itself.</summary>
    public string Lane { get; set; } = "";
    public string Body { get; set; } = "";
    public WebhookDeliveryStatus Status { get; set; }
    public int Attempts { get; set; }
    public int RoundAttempts { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public string? Runner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public int? ResponseStatus { get; set; }
    public string? Error { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public List<WebhookAttempt> Log { get; } = [];
}

/// <summary>One attempt, and what the receiver said.</summary>
internal sealed class WebhookAttempt : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public WebhookDeliveryId DeliveryId { get; set; }
    public int Number { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public int DurationMs { get; set; }
    public int? ResponseStatus { get; set; }
    public string? ResponseBody { get; set; }
    public string? Error { get; set; }
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>, IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.HasMany(d => d.Log).WithOne().HasForeignKey(a => a.DeliveryId);
        delivery.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(d => d.EndpointId);
    }

    public void Configure(EntityTypeBuilder<WebhookAttempt> attempt) => attempt.ToTable("webhook_attempts");
}
