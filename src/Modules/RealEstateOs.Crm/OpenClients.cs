using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Crm.Clients;

namespace RealEstateOs.Crm;

/// <summary>Hands over the clients of who leaves.</summary>
internal sealed class OpenClients(CrmDb db) : IOpenWork
{
    public string Kind => "clients";

    public async Task<int> HandOverAsync(UserId from, UserId to, CancellationToken ct)
    {
        var theirs = await db.Clients.Where(c => c.AssignedAgentId == from).ToListAsync(ct);
        foreach (var client in theirs)
        {
            client.AssignedAgentId = to;
            db.AddHistory(client, "handed_over", "Handed Over", $"From user {from.Value} to user {to.Value}");
        }
        await db.SaveChangesAsync(ct);
        return theirs.Count;
    }
}
