using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Contracts.Crm;

/// <summary>Clients asked for as the signed-in user: what they may not see does not exist.</summary>
public interface IClientReader
{
    /// <summary>Full names, in one query; unknown and deleted ones are left out.</summary>
    Task<IReadOnlyDictionary<ClientId, string>> NamesAsync(IReadOnlyCollection<ClientId> clients, CancellationToken ct);

    /// <summary>Refuses with a 422 naming the member where there is no such client; null passes.</summary>
    Task RequireAsync(ClientId? client, CancellationToken ct, string member = "client_id");

    /// <summary>How to reach a client; null where there is no such client.</summary>
    Task<ClientContact?> ContactAsync(ClientId client, CancellationToken ct);

    /// <summary>Those whose name, e-mail address or phone number has all of these words, the latest first.</summary>
    Task<IReadOnlyList<ClientSummary>> FindAsync(string words, int limit, CancellationToken ct);

    /// <summary>What happened to the client, the latest first.</summary>
    Task<IReadOnlyList<ClientHappening>> HistoryAsync(ClientId client, int limit, CancellationToken ct);
}

public sealed record ClientSummary(
    ClientId Id, string FullName, string? Email, string? Phone, ClientType? Type, LeadId? LeadId, UserId? AssignedAgentId,
    DateTimeOffset? LastActivityAt);

/// <param name="Phone">In E.164.</param>
public sealed record ClientContact(ClientId Id, string FirstName, string LastName, string? Email, string? Phone, UserId? AssignedAgentId,
    LeadId? LeadId);

public sealed record ClientHappening(string EventTitle, string? EventDescription, DateTimeOffset CreatedAt);
