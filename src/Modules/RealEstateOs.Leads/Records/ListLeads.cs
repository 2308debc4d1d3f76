using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Leads.Records;

internal static class ListLeads
{
    private static readonly ListSpec<Lead> Spec = new ListSpec<Lead>()
        .Is("status", l => l.Status)
        .Is("source", l => l.Source)
        .Is("intent", l => l.Intent)
        .Is("portal", l => l.Portal, PortalName.Of)
        .Is("portal_reference", l => l.PortalReference)
        .Is("bedrooms", l => l.Bedrooms)
        .Is("assigned_to", l => l.AssignedTo, "assigned_user_id")
        .Is("team_id", l => l.TeamId)
        .Is("property_id", l => l.PropertyId)
        .Is("property_type", l => l.PropertyType)
        .Is("created_by", l => l.CreatedBy)
        .Is("external_id", l => l.ExternalId)
        .Is("email", l => l.EmailNormalised, EmailAddress.Normalise)
        .Is("phone", l => l.PhoneE164, text => PhoneNumber.Normalise(text))
        .Flag("unassigned", l => l.AssignedTo == null)
        .Range("score", l => l.Score)
        .Range("budget", l => l.Budget)
        .Range("created_at", l => l.CreatedAt)
        .Range("updated_at", l => l.UpdatedAt)
        .Range("last_contacted_at", l => l.LastContactedAt)
        .Range("first_response_minutes", l => l.FirstResponseMinutes)
        .HasAll("tags", tags => l => tags.All(tag => l.Tags.Contains(tag)))
        .Search("name, e-mail, company and phone", l => l.SearchVector, l => l.PhoneE164)
        .Sort("created_at", l => l.CreatedAt).Sort("updated_at", l => l.UpdatedAt).Sort("score", l => l.Score).Sort("budget", l => l.Budget)
        .Sort("first_name", l => l.FirstName).Sort("last_name", l => l.LastName).Sort("status_changed_at", l => l.StatusChangedAt)
        .Sort("last_contacted_at", l => l.LastContactedAt).Sort("first_response_minutes", l => l.FirstResponseMinutes)
        .By("-created_at");

    /// <summary>The leads that match all filters.</summary>
    public static Task<ListResult<LeadResponse>> Handle(ListRequest list, LeadsDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(db.Leads.AsNoTracking().VisibleTo(user, LeadsPermissions.Read), Spec, l => l.Id, LeadResponse.Projection, ct);
}
