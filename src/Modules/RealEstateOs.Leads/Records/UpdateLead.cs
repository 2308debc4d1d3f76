using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Records;

internal static class UpdateLead
{
    /// <summary>
    /// Changes the members that are present; an address or number that another lead has is a 409, which shows that lead to who may see it.
    /// <c>assigned_to</c> needs <c>leads:assign</c>, too.
    /// </summary>
    public static async Task<Results<Ok<LeadResponse>, NotFound>> Handle(
        LeadId id, UpdateLeadRequest request, LeadsDb db, CurrentUser user, LeadScoring scoring, IOrganizationDirectory organizations,
        IPropertyReader properties,
        TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Update, ct) is not { } lead) return TypedResults.NotFound();
        await organizations.RequireAsync(request.TeamId, request.AssignedTo, ct, userMember: "assigned_to");
        if (request.PropertyId is { } property && property != lead.PropertyId) await properties.RequireAsync([property], ct);
        var before = (lead.EmailNormalised, lead.PhoneE164);
        request.ApplyTo(lead, (await organizations.DefaultsAsync(ct)).Country);
        if (before != (lead.EmailNormalised, lead.PhoneE164)) await db.RequireNewAsync(lead, user, ct);
        if (request.Status is { } status && lead.MoveTo(status, user.Id, clock.Now()) is { } move) db.Record(lead, move);
        if (request.Has(nameof(request.AssignedTo)) && request.AssignedTo != lead.AssignedTo)
            await db.Leads.Where(l => l.Id == id).RequireAsync(user, LeadsPermissions.Assign, ct);
        if (request.Has(nameof(request.AssignedTo))) db.Assign(lead, request.AssignedTo, "manual");
        await db.SaveAsync(lead, scoring, ct);
        return TypedResults.Ok(LeadResponse.Of(lead));
    }
}
