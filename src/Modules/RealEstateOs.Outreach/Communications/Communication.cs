using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Communications;

/// <summary>
/// One message to one person, and what became of it. Providers and people change it at the same time: by single statements only.
/// </summary>
internal sealed class Communication : ITenantOwned, INotAudited, IOwned<Communication>
{
    public CommunicationId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public PropertyId? PropertyId { get; set; }
    public LeadId? LeadId { get; set; }
    public ClientId? ClientId { get; set; }
    public CommunicationTemplateId? TemplateId { get; set; }
    public string? MemoKey { get; set; }
    public MessageChannel Channel { get; set; }
    public string Recipient { get; set; } = "";
    public string? Subject { get; set; }
    public string Body { get; set; } = "";
    public bool IsHtml { get; set; }
    public CommunicationStatus Status { get; set; }
    public long? MessageId { get; set; }
    public JobId? JobId { get; set; }
    public string? Transport { get; set; }
    public string? ProviderId { get; set; }
    public string? Failure { get; set; }
    public string? ReplyText { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public DateTimeOffset? OpenedAt { get; set; }
    public DateTimeOffset? ClickedAt { get; set; }
    public DateTimeOffset? RepliedAt { get; set; }
    public DateTimeOffset? BouncedAt { get; set; }
    public UserId? CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    public static Expression<Func<Communication, bool>> IsOwnedBy(UserId user) => c => c.CreatedBy == user;
}

internal sealed class CommunicationMapping : IEntityTypeConfiguration<Communication>
{
    public void Configure(EntityTypeBuilder<Communication> communication)
    {
        communication.ToTable("communications");
        communication.Property(c => c.Id).UseIdentityAlwaysColumn();
        communication.Property<string?>("Token"); // written and read by SQL alone
    }
}
