using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Crm;

/// <summary>Answers other modules what the signed-in user may see.</summary>
internal sealed class ClientReader(CrmDb db, CurrentUser user) : IClientReader
{
    private IQueryable<Client> Visible => db.Clients.VisibleTo(user, CrmPermissions.Read);

    public async Task<IReadOnlyDictionary<ClientId, string>> NamesAsync(IReadOnlyCollection<ClientId> clients, CancellationToken ct)
    {
        var wanted = clients.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<ClientId, string>();
        return await Visible.AsNoTracking().Where(c => wanted.Contains(c.Id))
            .Select(c => new { c.Id, Name = (c.FirstName + " " + c.LastName).Trim() })
            .ToDictionaryAsync(c => c.Id, c => c.Name, ct);
    }

    public async Task RequireAsync(ClientId? client, CancellationToken ct, string member = "client_id")
    {
        if (client is { } id && !await Visible.AnyAsync(c => c.Id == id, ct))
            throw Problem.Invalid(FieldError.Format(member, "names no client of the organization"));
    }

    public Task<ClientContact?> ContactAsync(ClientId client, CancellationToken ct) =>
        Visible.AsNoTracking().Where(c => c.Id == client)
            .Select(c => new ClientContact(c.Id, c.FirstName, c.LastName, c.Email, c.PhoneE164, c.AssignedAgentId, c.LeadId))
            .FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<ClientSummary>> FindAsync(string words, int limit, CancellationToken ct) =>
        await Visible.AsNoTracking().Where(WordSearch.Matches<Client>(c => c.SearchVector, c => c.PhoneE164, words, beginnings: false))
            .OrderByDescending(c => c.Id).Take(limit)
            .Select(c => new ClientSummary(
                c.Id, (c.FirstName + " " + c.LastName).Trim(), c.Email, c.Phone, c.Type, c.LeadId, c.AssignedAgentId, c.LastActivityAt))
            .ToListAsync(ct);

    public async Task<IReadOnlyList<ClientHappening>> HistoryAsync(ClientId client, int limit, CancellationToken ct) =>
        await db.Timeline.AsNoTracking().Where(e => e.RecordId == client && Visible.Any(c => c.Id == e.RecordId)).OrderByDescending(
            e => e.Id).Take(limit)
            .Select(e => new ClientHappening(e.EventTitle, e.EventDescription, e.CreatedAt)).ToListAsync(ct);
}
