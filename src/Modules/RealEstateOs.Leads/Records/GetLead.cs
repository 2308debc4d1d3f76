using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Leads.Records;

internal static class GetLead
{
    /// <summary>
    /// One lead, with its score and the reasons for it. One that was merged is a 404 whose <c>error.details.merged_into</c> names where it
    /// went.
    /// </summary>
    public static async Task<Results<Ok<LeadResponse>, NotFound>> Handle(LeadId id, LeadsDb db, CurrentUser user, CancellationToken ct)
    {
        var lead = db.Leads.AsNoTracking().VisibleTo(user, LeadsPermissions.Read).Where(l => l.Id == id);
        if (await lead.Select(LeadResponse.Projection).FirstOrDefaultAsync(ct) is { } found) return TypedResults.Ok(found);
        await db.TellIfMergedAsync(id, user, ct);
        return TypedResults.NotFound();
    }
}
