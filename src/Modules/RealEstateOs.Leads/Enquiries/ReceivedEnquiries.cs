using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads.Enquiries;

/// <summary>
/// Portals send an enquiry again when an answer was lost. One with a reference is the same where portal, reference, person and message are:
/// a reference may be a listing's, and then many people ask with it.
/// </summary>
internal static class ReceivedEnquiries
{
    /// <summary>The hash of an enquiry that can be told from others; null without a reference.</summary>
    public static byte[]? HashOf(Lead lead) => lead.PortalReference is null ? null : Secrets.Hash(JsonSerializer.Serialize(
        new[] { lead.Portal, lead.PortalReference, lead.EmailNormalised, lead.PhoneE164, lead.FullName, lead.Message }, Json.Options));

    /// <summary>The lead that this enquiry became before. Of two that come at once the second waits for the first.</summary>
    public static async Task<LeadId?> KnownAsync(this LeadsDb db, byte[] hash, CancellationToken ct)
    {
        await db.LockPeopleAsync([Convert.ToHexStringLower(hash)], ct);
        return await db.Enquiries.AsNoTracking().Where(e => e.Hash == hash).Select(e => (LeadId?)e.LeadId).FirstOrDefaultAsync(ct);
    }

    public static async Task RememberAsync(this LeadsDb db, LeadId lead, byte[] hash, CancellationToken ct)
    {
        db.Add(new Enquiry { LeadId = lead, Hash = hash, ReceivedAt = db.Work.Clock.Now() });
        await db.SaveChangesAsync(ct);
    }
}
