using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads;

/// <summary>What other modules do to leads in the name of the signed-in user, within the caller's transaction.</summary>
internal sealed class LeadCommands(LeadsDb db, CurrentUser user, LeadScoring scoring, TimeProvider clock) : ILeadCommands
{
    public async Task ConvertAsync(LeadId lead, string reason, CancellationToken ct)
    {
        await db.QueueForAsync(lead, ct);
        if (await db.StandingAsync(lead, ct) is not { Status: not LeadStatus.Converted } converted) return;
        await db.Leads.Where(l => l.Id == converted.Id).RequireAsync(user, LeadsPermissions.Update, ct);
        if (converted.MoveTo(LeadStatus.Converted, db.Work.Tenant.User, clock.Now()) is not { } move) return;
        db.Record(converted, move, reason);
        await db.SaveAsync(converted, scoring, ct);
    }
}
