using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Crm;

/// <summary>Answers other modules what the signed-in user may see.</summary>
internal sealed class ClientReader(CrmDb db, CurrentUser user) : IClientReader
{
    private IQueryable<Client> Visible => db.Clients.VisibleTo(user, CrmPermissions.Read);

    public async Task<IReadOnlyDictionary<ClientId, string>> NamesAsync(IReadOnlyCollection<ClientId> clients, CancellationToken ct)
    {
        var wanted = clients.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<ClientId, string>();
        return await Visible.AsNoTracking().Where(c => wanted.Contains(c.Id)).Select(c => new { c.Id, Name = (c.FirstName + " " + c.LastName).Trim() })
            .ToDictionaryAsync(c => c.Id, c => c.Name, ct);
    }

    public async Task RequireAsync(ClientId? client, CancellationToken ct, string member = "client_id")
    {
        if (client is { } id && !await Visible.AnyAsync(c => c.Id == id, ct)) throw Problem.Invalid(FieldError.Format(member, "names no client of the organization"));
    }
}
