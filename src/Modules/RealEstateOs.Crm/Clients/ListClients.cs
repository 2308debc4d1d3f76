using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Crm.Clients;

internal static class ListClients
{
    private static readonly ListSpec<Client> Spec = new ListSpec<Client>()
        .Is("type", c => c.Type)
        .Is("assigned_agent_id", c => c.AssignedAgentId, "assigned_to")
        .Is("lead_id", c => c.LeadId)
        .Is("email", c => c.EmailNormalised, EmailAddress.Normalise)
        .Is("external_id", c => c.ExternalId)
        .Is("created_by", c => c.CreatedBy)
        .Range("created_at", c => c.CreatedAt)
        .Range("updated_at", c => c.UpdatedAt)
        .Range("last_activity_at", c => c.LastActivityAt)
        .Search("name, e-mail and phone", c => c.SearchVector, c => c.PhoneE164)
        .Sort("created_at", c => c.CreatedAt).Sort("updated_at", c => c.UpdatedAt).Sort("first_name", c => c.FirstName).Sort("last_name",
            c => c.LastName)
        .Sort("last_activity_at", c => c.LastActivityAt)
        .By("-created_at");

    /// <summary>The clients that match all filters.</summary>
    public static Task<ListResult<ClientResponse>> Handle(ListRequest list, CrmDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(db.Clients.AsNoTracking().VisibleTo(user, CrmPermissions.Read), Spec, c => c.Id, ClientResponse.Projection, ct);
}
