using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Leads.Records;

internal static class GetLead
{
    /// <summary>One lead, with its score and the reasons for it.</summary>
    public static async Task<Results<Ok<LeadResponse>, NotFound>> Handle(LeadId id, LeadsDb db, CurrentUser user, CancellationToken ct) =>
        await db.Leads.AsNoTracking().VisibleTo(user, LeadsPermissions.Read).Where(l => l.Id == id).Select(LeadResponse.Projection).FirstOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found) : TypedResults.NotFound();
}
