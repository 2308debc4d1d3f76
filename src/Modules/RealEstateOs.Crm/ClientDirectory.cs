using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Crm;

/// <summary>Answers other modules within the current organization and the caller's transaction.</summary>
internal sealed class ClientDirectory(CrmDb db) : IClientDirectory, IOpenWork
{
    public string Kind => "clients";

    public async Task<IReadOnlyDictionary<ClientId, string>> NamesAsync(IReadOnlyCollection<ClientId> clients, CancellationToken ct)
    {
        var wanted = clients.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<ClientId, string>();
        return await db.Clients.AsNoTracking().Where(c => wanted.Contains(c.Id)).Select(c => new { c.Id, Name = (c.FirstName + " " + c.LastName).Trim() })
            .ToDictionaryAsync(c => c.Id, c => c.Name, ct);
    }

    public async Task RequireAsync(ClientId? client, CancellationToken ct, string member = "client_id")
    {
        if (client is { } id && !await db.Clients.AnyAsync(c => c.Id == id, ct)) throw Problem.Invalid(FieldError.Format(member, "names no client of the organization"));
    }

    public async Task<int> HandOverAsync(UserId from, UserId to, CancellationToken ct)
    {
        var theirs = await db.Clients.Where(c => c.AssignedAgentId == from).ToListAsync(ct);
        foreach (var client in theirs)
        {
            client.AssignedAgentId = to;
            db.Note(client, "handed_over", "Handed Over", $"From user {from.Value} to user {to.Value}");
        }
        await db.SaveChangesAsync(ct);
        return theirs.Count;
    }
}
