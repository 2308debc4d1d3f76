namespace RealEstateOs.Contracts.Outreach;

/// <summary>The addresses that the current organization may not write to.</summary>
public interface ISuppressionList
{
    /// <summary>In one query: those of the addresses that are on the list, with the reason.</summary>
    Task<IReadOnlyDictionary<string, SuppressionReason>> FindAsync(MessageChannel channel, IReadOnlyCollection<string> addresses,
        CancellationToken ct);

    /// <summary>Puts an address on the list; an address that is on it stays as it is.</summary>
    Task AddAsync(MessageChannel channel, string address, SuppressionReason reason, string? note, CancellationToken ct);

    /// <summary>The same of many, in one statement.</summary>
    Task AddAsync(MessageChannel channel, IReadOnlyCollection<string> addresses, SuppressionReason reason, string? note,
        CancellationToken ct);

    /// <summary>
    /// The owner of the address wants messages again: what they unsubscribed from themselves is forgotten; any other reason stays.
    /// </summary>
    Task TakeBackAsync(MessageChannel channel, string address, CancellationToken ct);
}
