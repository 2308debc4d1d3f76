namespace RealEstateOs.Contracts.Crm;

/// <summary>Clients asked for as the signed-in user: what they may not see does not exist.</summary>
public interface IClientReader
{
    /// <summary>Full names, in one query; unknown and deleted ones are left out.</summary>
    Task<IReadOnlyDictionary<ClientId, string>> NamesAsync(IReadOnlyCollection<ClientId> clients, CancellationToken ct);

    /// <summary>Refuses with a 422 naming the member where there is no such client; null passes.</summary>
    Task RequireAsync(ClientId? client, CancellationToken ct, string member = "client_id");
}
