using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Communications;

/// <summary>The text of a memo, with variables of the property, its owner and the agent.</summary>
internal sealed class CommunicationTemplate : Entity<CommunicationTemplateId>, ISoftDeletable
{
    public string Name { get; set; } = "";
    public MessageChannel Type { get; set; }
    public string? SubjectTemplate { get; set; }
    public string BodyTemplate { get; set; } = "";
    public PropertyStage? Stage { get; set; }
    public bool IsActive { get; set; } = true;
    public DateTimeOffset? DeletedAt { get; set; }
}
