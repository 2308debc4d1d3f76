using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm.Clients;

/// <summary>Somebody the office works for.</summary>
internal sealed class Client : Entity<ClientId>, ISoftDeletable, IImportedPerson, IOwned<Client>
{
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string? Email { get; private set; }
    public string? EmailNormalised { get; private set; }
    public string? Phone { get; private set; }
    [Column("phone_e164")] public string? PhoneE164 { get; private set; }
    public ClientType? Type { get; set; }
    public JsonElement? Preferences { get; set; }
    public string? Notes { get; set; }
    public JsonElement? Metadata { get; set; }
    public string? ExternalId { get; set; }
    public LeadId? LeadId { get; set; }
    public UserId? AssignedAgentId { get; set; }
    public DateTimeOffset? LastActivityAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public NpgsqlTsVector SearchVector { get; private set; } = null!;

    public static Expression<Func<Client, bool>> IsOwnedBy(UserId user) => c => c.AssignedAgentId == user || c.CreatedBy == user;

    public string FullName => $"{FirstName} {LastName}".Trim();

    public void SetEmail(string? email) => (Email, EmailNormalised) =
        (EmailAddress.Clean(email) ?? (email?.Trim() is { Length: > 0 } given ? given : null), EmailAddress.Normalise(email));

    public void SetPhone(string? phone, string? country) =>
        (Phone, PhoneE164) = (PhoneNumber.Clean(phone), PhoneNumber.Normalise(phone, country));

    /// <summary>
    /// Reads address and number anew, as the program reads them now; true where a key changed. A number's key that can't be read any more
    /// from its text stays.
    /// </summary>
    public bool RenewKeys(string? country)
    {
        var before = (EmailNormalised, PhoneE164);
        (EmailNormalised, PhoneE164) = (EmailAddress.Normalise(Email),
            PhoneNumber.Normalise(Phone, country) ?? PhoneNumber.Normalise(PhoneE164));
        return before != (EmailNormalised, PhoneE164);
    }
}

/// <summary>A property that has to do with a client.</summary>
[Table("client_properties"), PrimaryKey(nameof(ClientId), nameof(PropertyId))]
internal sealed class ClientProperty : ITenantOwned, INotAudited
{
    public OrganizationId OrganizationId { get; set; }
    public ClientId ClientId { get; set; }
    public PropertyId PropertyId { get; set; }
    public ClientPropertyRelation Relation { get; set; }
    public UserId? LinkedBy { get; set; }
    public DateTimeOffset LinkedAt { get; set; }
}

/// <summary>Something that was done for a client, or is planned.</summary>
internal sealed class ClientActivity : Entity<ClientActivityId>
{
    public ClientId ClientId { get; set; }
    public string ActivityType { get; set; } = "";
    public string? Subject { get; set; }
    public string Description { get; set; } = "";
    public string? Outcome { get; set; }
    /// <summary>Whether the outcome, once saved, says that it was called off.</summary>
    [DatabaseGenerated(DatabaseGeneratedOption.Computed)] public bool IsCancelled { get; private set; }
    public DateTimeOffset? ScheduledAt { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }
    public PropertyId? PropertyId { get; set; }
    public JsonElement? Metadata { get; set; }

    [NotMapped] public AgendaKind Kind => KindOf(ActivityType);

    /// <summary>What the office's word is for agendas, calendars and figures, however it is written.</summary>
    public static AgendaKind KindOf(string type) =>
        Vocabulary.TryRead<AgendaKind>(type.Trim().ToLowerInvariant(), out var kind) ? kind : AgendaKind.Other;
}

internal sealed class ClientTimelineMapping : TimelineMapping<ClientId>;
