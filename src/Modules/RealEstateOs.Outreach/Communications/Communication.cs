using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Outreach.Communications;

/// <summary>One message to one person.</summary>
internal sealed class Communication : Delivery<RecipientState>, IOwned<Communication>
{
    public CommunicationId Id { get; set; }
    public PropertyId? PropertyId { get; set; }
    public LeadId? LeadId { get; set; }
    public ClientId? ClientId { get; set; }
    public CommunicationTemplateId? TemplateId { get; set; }
    public string? MemoKey { get; set; }
    public MessageChannel Channel { get; set; }
    public string Address { get; set; } = "";
    public string? Subject { get; set; }
    public string Body { get; set; } = "";
    public bool IsHtml { get; set; }
    public JobId? JobId { get; set; }
    public string? ReplyText { get; set; }
    public UserId? CreatedBy { get; set; }

    /// <summary>How far it came, by its state and times: the database's.</summary>
    [DatabaseGenerated(DatabaseGeneratedOption.Computed)]
    public CommunicationStatus Status { get; private set; }

    public static Expression<Func<Communication, bool>> IsOwnedBy(UserId user) => c => c.CreatedBy == user;
}
