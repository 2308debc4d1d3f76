using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>One message to many leads. While it is sent, its counters change by single statements.</summary>
internal sealed class Campaign : Entity<CampaignId>, ISoftDeletable, IOwned<Campaign>
{
    public string Name { get; set; } = "";
    public CampaignType CampaignType { get; set; }
    public string? Subject { get; set; }
    public string Content { get; set; } = "";
    public string? Description { get; set; }
    public CampaignStatus Status { get; private set; } = CampaignStatus.Draft;
    public CampaignTemplateId? TemplateId { get; set; }
    public PropertyId? PropertyId { get; set; }
    public DateTimeOffset? ScheduledAt { get; set; }
    public JsonElement? Metadata { get; set; }
    public JsonElement? Audience { get; set; }
    public LeadId? AudienceCursor { get; set; }
    public bool AudienceComplete { get; set; }
    public int TotalRecipients { get; private set; }
    public int SentCount { get; private set; }
    public int FailedCount { get; private set; }
    public int SuppressedCount { get; private set; }
    public int DeliveredCount { get; private set; }
    public int OpenedCount { get; private set; }
    public int ClickedCount { get; private set; }
    public int MachineOpenedCount { get; private set; }
    public int MachineClickedCount { get; private set; }
    public int BouncedCount { get; private set; }
    public int UnsubscribedCount { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? CompletedAt { get; private set; }
    public DateTimeOffset? DeletedAt { get; set; }

    public static Expression<Func<Campaign, bool>> IsOwnedBy(UserId user) => c => c.CreatedBy == user;

    /// <summary>May its text and audience still change?</summary>
    public bool IsEditable => Status is CampaignStatus.Draft or CampaignStatus.PendingReview or CampaignStatus.ChangesRequested
        or CampaignStatus.Approved or CampaignStatus.Scheduled;

    /// <summary>Keeps whom it is for, for the day that it is sent.</summary>
    public void Keep(JsonElement? audience)
    {
        if (!IsEditable) throw Problem.Conflict($"A campaign that is {Vocabulary.Word(Status)} does not become a draft again.");
        Audience = audience;
    }

    public void Schedule(DateTimeOffset at)
    {
        Require(CampaignStatus.Scheduled, CampaignStatus.Draft, CampaignStatus.Approved, CampaignStatus.Scheduled);
        ScheduledAt = at;
    }

    public void Start(DateTimeOffset now)
    {
        Require(CampaignStatus.InProgress, CampaignStatus.Draft, CampaignStatus.Approved, CampaignStatus.Scheduled);
        StartedAt = now;
    }

    public void Pause() => Require(CampaignStatus.Paused, CampaignStatus.InProgress);

    public void Resume() => Require(CampaignStatus.InProgress, CampaignStatus.Paused);

    public void Cancel() => Require(CampaignStatus.Cancelled, CampaignStatus.Draft, CampaignStatus.Approved, CampaignStatus.Scheduled,
        CampaignStatus.InProgress, CampaignStatus.Paused);

    private void Require(CampaignStatus next, params CampaignStatus[] from)
    {
        if (!from.Contains(Status))
            throw Problem.Conflict($"A campaign that is {Vocabulary.Word(Status)} can't become {Vocabulary.Word(next)}.",
                new Dictionary<string, object?> { ["possible_from"] = from.Select(Vocabulary.Word) });
        Status = next;
    }
}

/// <summary>A person of a campaign. Sent to at most once: its message is posted in the transaction that marks it queued.</summary>
internal sealed class CampaignRecipient : Delivery<RecipientState>
{
    public RecipientId Id { get; set; }
    public CampaignId CampaignId { get; set; }
    public LeadId LeadId { get; set; }
    public string Address { get; set; } = "";
    public JsonElement Variables { get; set; }
    public bool IsDuplicate { get; set; }
}

internal sealed class CampaignTemplate : Entity<CampaignTemplateId>, ISoftDeletable
{
    public string Name { get; set; } = "";
    public CampaignType CampaignType { get; set; }
    public string? Subject { get; set; }
    public string Content { get; set; } = "";
    public string? Description { get; set; }
    public bool IsActive { get; set; } = true;
    public DateTimeOffset? DeletedAt { get; set; }
}

internal sealed class CampaignRecipientMapping : IEntityTypeConfiguration<CampaignRecipient>
{
    public void Configure(EntityTypeBuilder<CampaignRecipient> recipient) => recipient.Property(r => r.Token).IsRequired();
}
