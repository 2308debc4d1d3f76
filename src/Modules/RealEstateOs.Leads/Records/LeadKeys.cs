using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Records;

/// <summary>
/// Reads the addresses and numbers of leads anew. Whose key turns out to be another lead's stays without it, and the timeline says whose it
/// is.
/// </summary>
internal sealed class LeadKeys(LeadsDb db) : IContactKeys
{
    public static string Table => "leads.leads";

    public async Task<int> RenewAsync(IReadOnlyList<long> ids, string? country, CancellationToken ct)
    {
        var wanted = ids.Select(LeadId.From).ToArray();
        var renewed = 0;
        foreach (var lead in await db.Leads.WithDeleted().Where(l => wanted.Contains(l.Id)).ToListAsync(ct))
        {
            var before = lead.Keys;
            lead.RenewKeys(country);
            var twin = lead.DeletedAt is null ? await TwinAsync(lead, ct) : null;
            if (lead.Keys == before) continue;
            renewed++;
            if (twin is { } other) db.AddTimeline(lead, "duplicate_found", "Same Person As Another Lead",
                $"The address or number is that of lead {other.Value}, in another spelling; merge them.");
            await db.SaveChangesAsync(ct); // one by one: the next may turn out to be the same person
        }
        return renewed;
    }

    private async Task<LeadId?> TwinAsync(Lead lead, CancellationToken ct)
    {
        var (email, phone) = lead.Keys;
        var same = await db.Leads.AsNoTracking()
            .Where(l => l.Id != lead.Id && ((email != null && l.EmailNormalised == email) || (phone != null && l.PhoneE164 == phone)))
            .Select(l => new { l.Id, l.EmailNormalised, l.PhoneE164 }).ToListAsync(ct);
        lead.GiveUpKeys(same.Any(l => l.EmailNormalised == email), same.Any(l => l.PhoneE164 == phone));
        return same.Count > 0 ? same[0].Id : null;
    }
}
