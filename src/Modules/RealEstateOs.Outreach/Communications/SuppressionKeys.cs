using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Contacts;

namespace RealEstateOs.Outreach.Communications;

/// <summary>Reads the suppressed addresses and numbers anew; of two that turn out to be one, the older one stays.</summary>
internal sealed class SuppressionKeys(OutreachDb db) : IContactKeys
{
    public static string Table => "outreach.suppressions";

    public async Task<int> RenewAsync(IReadOnlyList<long> ids, string? country, CancellationToken ct)
    {
        var wanted = ids.Select(SuppressionId.From).ToArray();
        var renewed = 0;
        foreach (var suppression in await db.Suppressions.Where(s => wanted.Contains(s.Id)).ToListAsync(ct))
        {
            var (channel, key) = (suppression.Channel, SuppressionList.Key(suppression.Channel, suppression.Address, country));
            if (key == suppression.Address) continue;
            renewed++;
            if (await db.Suppressions.AnyAsync(s => s.Channel == channel && s.Address == key, ct)) db.Remove(suppression);
            else suppression.Address = key;
            await db.SaveChangesAsync(ct);
        }
        return renewed;
    }
}
