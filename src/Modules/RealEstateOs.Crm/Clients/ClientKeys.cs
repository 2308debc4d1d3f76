using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm.Clients;

/// <summary>Reads the addresses and numbers of clients anew.</summary>
internal sealed class ClientKeys(CrmDb db) : IContactKeys
{
    public static string Table => "crm.clients";

    public async Task<int> RenewAsync(IReadOnlyList<long> ids, string? country, CancellationToken ct)
    {
        var wanted = ids.Select(ClientId.From).ToArray();
        var clients = await db.Clients.WithDeleted().Where(c => wanted.Contains(c.Id)).ToListAsync(ct);
        var renewed = clients.Count(c => c.RenewKeys(country));
        await db.SaveChangesAsync(ct);
        return renewed;
    }
}
