using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads;

/// <summary>Who reached whom.</summary>
public enum ActivityDirection { Outbound, Inbound }

/// <summary>Something that was done about a lead, or is planned.</summary>
internal sealed class LeadActivity : Entity<LeadActivityId>
{
    public LeadId LeadId { get; set; }
    public LeadActivityType ActivityType { get; set; }
    public ActivityDirection Direction { get; set; }
    public string? Subject { get; set; }
    public string Description { get; set; } = "";
    public string? Outcome { get; set; }
    /// <summary>Whether the outcome, once saved, says that it was called off.</summary>
    [DatabaseGenerated(DatabaseGeneratedOption.Computed)] public bool IsCancelled { get; private set; }
    public DateTimeOffset? ScheduledAt { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }
    public PropertyId? PropertyId { get; set; }
    public JsonElement? Metadata { get; set; }

    /// <summary>The person reached out.</summary>
    public bool IsReply => Direction == ActivityDirection.Inbound
        && ActivityType is (LeadActivityType.Call or LeadActivityType.Email or LeadActivityType.Sms or LeadActivityType.Meeting);

    /// <summary>
    /// When the office reached the person by this; null for what is only planned, called off, internal or came from them.
    /// </summary>
    public DateTimeOffset? ReachedAt(DateTimeOffset now)
    {
        if (Direction != ActivityDirection.Outbound || AgendaEntry.CalledOff(Outcome)) return null;
        if (ActivityType is not (LeadActivityType.Call or LeadActivityType.Email or LeadActivityType.Sms or LeadActivityType.Meeting))
            return null;
        if (CompletedAt is { } done) return done < now ? done : now;
        return ScheduledAt > now ? null : now;
    }
}
