using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Crm.Clients;

/// <summary>A client with everything that has to do with them.</summary>
public sealed record ClientDetailResponse : ClientResponse
{
    /// <summary>The lead that became this client.</summary>
    public LeadSummary? Lead { get; init; }
    /// <summary>Linked by <c>/clients/{id}/properties</c>, the latest first.</summary>
    public required IReadOnlyList<LinkedProperty> Properties { get; init; }
    /// <summary>Deals of the client and of the lead, the latest first.</summary>
    public required IReadOnlyList<DealSummary> Deals { get; init; }
    /// <summary>The latest hundred; all are at <c>/clients/{id}/activities</c>.</summary>
    public required IReadOnlyList<ClientActivityResponse> Activities { get; init; }
    /// <summary>What happened, as lead and as client, the latest first; at most two hundred entries.</summary>
    public required IReadOnlyList<ClientHistoryEntry> History { get; init; }

    [JsonIgnore] public override bool ShowsOtherRows => true;
}

/// <param name="Relation">What the property is to the client.</param>
/// <param name="Property">Null where the reader may not see it.</param>
/// <param name="LinkedAt">When the link was made.</param>
public sealed record LinkedProperty(PropertyId PropertyId, ClientPropertyRelation Relation, DateTimeOffset LinkedAt,
    PropertySummary? Property);

/// <param name="Of">lead or client.</param>
/// <param name="EventType">A word for programs, such as <c>preferences_set</c>.</param>
/// <param name="EventTitle">The same for people.</param>
/// <param name="EventDescription">Details; null where the title says all.</param>
public sealed record ClientHistoryEntry(string Of, string EventType, string EventTitle, string? EventDescription, UserId? CreatedBy,
    DateTimeOffset CreatedAt);

internal static class GetClient
{
    /// <summary>
    /// One client with activities, history, and what belongs to them. The lead, properties and deals are those that the reader may see.
    /// </summary>
    public static async Task<Results<Ok<ClientDetailResponse>, NotFound>> Handle(
        ClientId id, CrmDb db, CurrentUser user, ILeadReader leads, IPropertyReader properties,
        IDealReader deals, CancellationToken ct)
    {
        var client = await db.Clients.AsNoTracking().VisibleTo(user, CrmPermissions.Read).Where(c => c.Id == id)
            .Select(ClientResponse.Projection).FirstOrDefaultAsync(ct);
        if (client is null) return TypedResults.NotFound();
        var linked = await db.Properties.AsNoTracking().Where(p => p.ClientId == id).OrderByDescending(p => p.LinkedAt).ToListAsync(ct);
        var summaries = await properties.SummariesAsync([.. linked.Select(p => p.PropertyId)], ct);
        LeadId[] lead = client.LeadId is { } only ? [only] : [];
        return TypedResults.Ok(new ClientDetailResponse
        {
            Id = client.Id, OrganizationId = client.OrganizationId, FirstName = client.FirstName, LastName = client.LastName,
            Email = client.Email, Phone = client.Phone,
            PhoneE164 = client.PhoneE164, Type = client.Type, Preferences = client.Preferences, Notes = client.Notes,
            Metadata = client.Metadata, ExternalId = client.ExternalId,
            LeadId = client.LeadId, AssignedAgentId = client.AssignedAgentId, LastActivityAt = client.LastActivityAt,
            CreatedBy = client.CreatedBy,
            CreatedAt = client.CreatedAt, UpdatedAt = client.UpdatedAt, Version = client.Version,
            Lead = (await leads.SummariesAsync(lead, ct)).Values.FirstOrDefault(),
            Properties = linked.ConvertAll(
                p => new LinkedProperty(p.PropertyId, p.Relation, p.LinkedAt, summaries.GetValueOrDefault(p.PropertyId))),
            Deals = await deals.OfPeopleAsync([id], lead, ct),
            Activities = await db.Activities.AsNoTracking().Where(a => a.ClientId == id).OrderByDescending(a => a.Id).Take(100)
                .Select(ClientActivityResponse.Projection).ToListAsync(ct),
            History = await HistoryAsync(id, client.LeadId, db, leads, ct),
        });
    }

    private static async Task<IReadOnlyList<ClientHistoryEntry>> HistoryAsync(ClientId id, LeadId? lead, CrmDb db, ILeadReader leads,
        CancellationToken ct)
    {
        var asClient = await db.Timeline.AsNoTracking().Where(e => e.RecordId == id).OrderByDescending(e => e.Id).Take(200)
            .Select(e => new ClientHistoryEntry("client", e.EventType, e.EventTitle, e.EventDescription, e.CreatedBy, e.CreatedAt))
            .ToListAsync(ct);
        var asLead = lead is { } known ? await leads.HistoryAsync(known, 200, ct) : [];
        return [.. asClient.Concat(
            asLead.Select(e => new ClientHistoryEntry("lead", e.EventType, e.EventTitle, e.EventDescription, e.CreatedBy, e.CreatedAt)))
            .OrderByDescending(e => e.CreatedAt).Take(200)];
    }
}
