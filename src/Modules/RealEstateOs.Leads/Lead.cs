using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads;

/// <summary>Somebody who may want to buy, sell or rent, on the way to becoming a client.</summary>
internal sealed class Lead : Entity<LeadId>, ISoftDeletable, IImportedPerson, IOwned<Lead>
{
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string? Email { get; private set; }
    public string? EmailNormalised { get; private set; }
    public string? Phone { get; private set; }
    public string? PhoneE164 { get; private set; }
    public string? Company { get; set; }
    public LeadSource Source { get; set; } = LeadSource.Other;
    public LeadStatus Status { get; private set; } = LeadStatus.New;
    public DateTimeOffset StatusChangedAt { get; private set; }
    public int Score { get; private set; }
    public bool ScoreIsManual { get; private set; }
    public ScoreReason[] ScoreReasons { get; private set; } = [];
    public LeadIntent? Intent { get; set; }
    public decimal? Budget { get; set; }
    public string? Timeline { get; set; }
    public string? Area { get; set; }
    public PropertyType? PropertyType { get; set; }
    public int? Bedrooms { get; set; }
    public string? Portal { get; set; }
    public string? PortalReference { get; set; }
    public string? Message { get; set; }
    public string? Notes { get; set; }
    public string[] Tags { get; set; } = [];
    public JsonElement? Consent { get; set; }
    public JsonElement? Metadata { get; set; }
    public string? ExternalId { get; set; }
    public PropertyId? PropertyId { get; set; }
    public TeamId? TeamId { get; set; }
    public UserId? AssignedTo { get; private set; }
    public DateTimeOffset? AssignedAt { get; private set; }
    public AssignmentRuleId? AssignedByRule { get; private set; }
    public bool AwaitsRouting { get; set; }
    public DateTimeOffset? ReassignedAt { get; set; }
    public DateTimeOffset? LastContactedAt { get; private set; }
    public int? FirstResponseMinutes { get; private set; }
    public DateTimeOffset? ConvertedAt { get; private set; }
    public LeadId? MergedIntoId { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public NpgsqlTsVector SearchVector { get; private set; } = null!;

    public static Expression<Func<Lead, bool>> IsOwnedBy(UserId user) => l => l.AssignedTo == user || l.CreatedBy == user;

    public string FullName => $"{FirstName} {LastName}".Trim();

    public void SetEmail(string? email) => (Email, EmailNormalised) =
        (EmailAddress.Clean(email) ?? (email?.Trim() is { Length: > 0 } given ? given : null), EmailAddress.Normalise(email));

    /// <summary>
    /// Keeps the number as it was given, and normalised where it can be told; <paramref name="country"/> is the organization's.
    /// </summary>
    public void SetPhone(string? phone, string? country) =>
        (Phone, PhoneE164) = (PhoneNumber.Clean(phone), PhoneNumber.Normalise(phone, country));

    /// <summary>By which the person is found again.</summary>
    public (string? Email, string? Phone) Keys => (EmailNormalised, PhoneE164);

    /// <summary>
    /// Reads address and number anew, as the program reads them now. A number's key that can't be read any more from its text stays.
    /// </summary>
    public void RenewKeys(string? country) =>
        (EmailNormalised, PhoneE164) = (EmailAddress.Normalise(Email),
            PhoneNumber.Normalise(Phone, country) ?? PhoneNumber.Normalise(PhoneE164));

    /// <summary>The keys belong to another record of the same person.</summary>
    public void GiveUpKeys(bool email, bool phone) =>
        (EmailNormalised, PhoneE164) = (email ? null : EmailNormalised, phone ? null : PhoneE164);

    public void StartAt(LeadStatus status, DateTimeOffset now)
    {
        (Status, StatusChangedAt) = (status, now);
        if (status == LeadStatus.Converted) ConvertedAt = now;
    }

    /// <summary>Null where it stands there already.</summary>
    public StatusMove? MoveTo(LeadStatus status, UserId? by, DateTimeOffset now)
    {
        if (status == Status) return null;
        var move = new StatusMove { LeadId = Id, OrganizationId = OrganizationId, FromStatus = Status, ToStatus = status, MovedBy = by,
            MovedAt = now };
        (Status, StatusChangedAt) = (status, now);
        ConvertedAt = status == LeadStatus.Converted ? now : null;
        return move;
    }

    /// <summary>Gives the lead to an agent; false where it is theirs already.</summary>
    public bool AssignTo(UserId? agent, DateTimeOffset now, AssignmentRuleId? rule = null)
    {
        if (agent == AssignedTo) return false;
        (AssignedTo, AssignedAt, AssignedByRule, AwaitsRouting) = (agent, agent is null ? null : now, rule, false);
        return true;
    }

    /// <summary>Somebody of the office reached out; only the first time counts as the response.</summary>
    public void Contacted(DateTimeOffset at)
    {
        if (LastContactedAt is null || LastContactedAt < at) LastContactedAt = at;
        FirstResponseMinutes ??= (int)Math.Clamp((at - CreatedAt).TotalMinutes, 0, int.MaxValue);
    }

    /// <summary>Takes over when another record of the same person was worked first.</summary>
    public void TakeContactsOf(Lead other)
    {
        if (other.LastContactedAt is { } last && (LastContactedAt is null || LastContactedAt < last)) LastContactedAt = last;
        FirstResponseMinutes ??= other.FirstResponseMinutes;
    }

    /// <summary>A score set by hand stays until it is cleared.</summary>
    public void ScoreByHand(int score) =>
        (Score, ScoreIsManual, ScoreReasons) = (score, true, [new ScoreReason("manual", score, 100, "Set by hand")]);

    public void ScoreByFacts() => ScoreIsManual = false;

    public void Computed(IReadOnlyCollection<ScoreReason> reasons)
    {
        if (!ScoreIsManual) (Score, ScoreReasons) = (Math.Clamp(reasons.Sum(r => r.Points), 0, 100), [.. reasons]);
    }
}

internal sealed class LeadMapping : IEntityTypeConfiguration<Lead>
{
    public void Configure(EntityTypeBuilder<Lead> lead)
    {
        lead.Ignore(l => l.FullName);
        lead.Ignore(l => l.Keys);
        lead.Property(l => l.PhoneE164).HasColumnName("phone_e164");
        lead.Property(l => l.ScoreReasons).HasColumnType("jsonb").HasConversion(
            reasons => JsonSerializer.Serialize(reasons, Json.Options),
            json => JsonSerializer.Deserialize<ScoreReason[]>(json, Json.Options) ?? Array.Empty<ScoreReason>(),
            new ValueComparer<ScoreReason[]>((a, b) => a!.SequenceEqual(b!), reasons => reasons.Length, reasons => reasons.ToArray()));
    }
}
