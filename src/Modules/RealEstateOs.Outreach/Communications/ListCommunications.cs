using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Outreach.Communications;

public sealed record CommunicationResponse
{
    public required CommunicationId Id { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    public PropertyId? PropertyId { get; init; }
    public LeadId? LeadId { get; init; }
    public ClientId? ClientId { get; init; }
    public CommunicationTemplateId? TemplateId { get; init; }
    public MessageChannel DeliveryMethod { get; init; }
    /// <summary>Address or number, as it was written to.</summary>
    public required string Recipient { get; init; }
    /// <summary>Of mails, with variables filled in.</summary>
    public string? Subject { get; init; }
    /// <summary>As it was sent, variables filled in.</summary>
    public required string Body { get; init; }
    public CommunicationStatus Status { get; init; }
    /// <summary>Why it did not arrive, in the provider's words or ours.</summary>
    public string? Failure { get; init; }
    /// <summary>What the person answered, without what they quoted.</summary>
    public string? ReplyText { get; init; }
    /// <summary>When it left; null until then.</summary>
    public DateTimeOffset? SentAt { get; init; }
    /// <summary>When the recipient's side took it; null where it did not say.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
    /// <summary>When a person first opened it.</summary>
    public DateTimeOffset? OpenedAt { get; init; }
    /// <summary>When a person first followed a link.</summary>
    public DateTimeOffset? ClickedAt { get; init; }
    /// <summary>When somebody first answered.</summary>
    public DateTimeOffset? RepliedAt { get; init; }
    /// <summary>When the recipient's side refused it.</summary>
    public DateTimeOffset? BouncedAt { get; init; }
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    internal static readonly Expression<Func<Communication, CommunicationResponse>> Projection = c => new CommunicationResponse
    {
        Id = c.Id, OrganizationId = c.OrganizationId, PropertyId = c.PropertyId, LeadId = c.LeadId, ClientId = c.ClientId,
        TemplateId = c.TemplateId,
        DeliveryMethod = c.Channel,
        Recipient = c.Address, Subject = c.Subject, Body = c.Body, Status = c.Status, Failure = c.Reason, ReplyText = c.ReplyText,
        SentAt = c.SentAt,
        DeliveredAt = c.DeliveredAt, OpenedAt = c.OpenedAt, ClickedAt = c.ClickedAt, RepliedAt = c.RepliedAt, BouncedAt = c.BouncedAt,
        CreatedBy = c.CreatedBy, CreatedAt = c.CreatedAt,
    };

    internal static readonly Func<Communication, CommunicationResponse> Of = Projection.Compile();
}

internal static class ListCommunications
{
    private static readonly ListSpec<Communication> Spec = new ListSpec<Communication>()
        .Is("property_id", c => c.PropertyId).Is("lead_id", c => c.LeadId).Is("client_id", c => c.ClientId)
        .Is("template_id", c => c.TemplateId)
        .Is("status", c => c.Status).Is("delivery_method", c => c.Channel, "channel").Is("recipient", c => c.Address)
        .Range("sent_at", c => c.SentAt).Range("created_at", c => c.CreatedAt)
        .Sort("created_at", c => c.CreatedAt).Sort("sent_at", c => c.SentAt)
        .By("-created_at");

    /// <summary>What was written, and what became of it, the latest first.</summary>
    public static Task<ListResult<CommunicationResponse>> Handle(ListRequest list, OutreachDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(VisibleTo(db, user), Spec, c => c.Id, CommunicationResponse.Projection, ct);

    /// <summary>One communication.</summary>
    public static Task<Results<Ok<CommunicationResponse>, NotFound>> Get(CommunicationId id, OutreachDb db, CurrentUser user,
        CancellationToken ct) =>
            VisibleTo(db, user).Where(c => c.Id == id).Select(CommunicationResponse.Projection).AnswerOneAsync(ct);

    private static IQueryable<Communication> VisibleTo(OutreachDb db, CurrentUser user) =>
        db.Communications.AsNoTracking().VisibleTo(user, CommunicationPermissions.Read);
}
