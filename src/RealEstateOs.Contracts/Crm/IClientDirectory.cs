namespace RealEstateOs.Contracts.Crm;

/// <summary>What other modules may ask about the clients of the current organization.</summary>
public interface IClientDirectory
{
    /// <summary>Full names, in one query; unknown and deleted ones are left out.</summary>
    Task<IReadOnlyDictionary<ClientId, string>> NamesAsync(IReadOnlyCollection<ClientId> clients, CancellationToken ct);

    /// <summary>Refuses with a 422 naming the member where a client does not exist in the organization; null passes.</summary>
    Task RequireAsync(ClientId? client, CancellationToken ct, string member = "client_id");
}
