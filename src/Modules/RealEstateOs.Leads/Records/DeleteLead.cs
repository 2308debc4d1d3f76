using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Records;

internal static class DeleteLead
{
    /// <summary>Hides the lead; it can be restored for 30 days. If it refused messages, its addresses are suppressed.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(LeadId id, LeadsDb db, CurrentUser user, LeadScoring scoring,
        ISuppressionList suppressions, TimeProvider clock, CancellationToken ct)
    {
        // Not held: a merge into this lead that ends meanwhile must refuse the deletion, not let it take along who has just come.
        if (await db.Leads.VisibleTo(user, LeadsPermissions.Delete).FirstOrDefaultAsync(l => l.Id == id, ct) is not { } lead)
        {
            await db.TellIfMergedAsync(id, user, ct);
            return TypedResults.NotFound();
        }
        lead.DeletedAt = clock.Now();
        db.AddTimeline(lead, "lead_deleted", "Lead Deleted", null);
        db.Raise(() => new LeadDeleted(lead.Id, lead.TeamId, lead.AssignedTo, user.Id));
        await db.SaveAsync(lead, scoring, ct);
        if (lead.Consent.Refused() is { Count: > 0 } refused) await KeepAsync(refused, lead, db, suppressions, ct);
        return TypedResults.NoContent();
    }

    private static async Task KeepAsync(IReadOnlyList<MessageChannel> refused, Lead lead, LeadsDb db, ISuppressionList suppressions,
        CancellationToken ct)
    {
        var refusals = new Refusals(suppressions, Refusals.OfDeleted(lead.Id));
        refusals.Take(refused, lead.EmailNormalised, lead.PhoneE164);
        foreach (var former in await db.FormerContacts.Where(f => f.LeadId == lead.Id).Select(f => f.Address).ToListAsync(ct))
        {
            var (email, phone) = former.Contains('@') ? (former, null) : ((string?)null, former);
            refusals.Take(refused, email, phone);
        }
        await refusals.SaveAsync(ct);
    }
}

internal static class RestoreLead
{
    /// <summary>Brings a deleted lead back. A 409, where its address or number belongs to another one by now.</summary>
    public static async Task<Results<Ok<LeadResponse>, NotFound>> Handle(LeadId id, LeadsDb db, CurrentUser user, LeadScoring scoring,
        CancellationToken ct)
    {
        var lead = await db.Leads.WithDeleted().VisibleTo(user, LeadsPermissions.Delete).FirstOrDefaultAsync(l => l.Id == id, ct);
        if (lead is null) return TypedResults.NotFound();
        if (lead.DeletedAt is null) return TypedResults.Ok(LeadResponse.Of(lead));
        await db.RequireNewAsync(lead, user, ct);
        (lead.DeletedAt, lead.MergedIntoId) = (null, null);
        db.AddTimeline(lead, "lead_restored", "Lead Restored", null);
        await db.SaveAsync(lead, scoring, ct);
        return TypedResults.Ok(LeadResponse.Of(lead));
    }
}
