using RealEstateOs.Contracts.Outreach;

namespace RealEstateOs.Contracts.Crm;

/// <summary>
/// What happens to clients elsewhere, written down in the caller's transaction, as the office. A deleted client stays as it is.
/// </summary>
public interface IClientWork
{
    /// <summary>Somebody's message to the client has left: an activity, and a line of its history.</summary>
    Task WrittenToAsync(ClientId client, MessageChannel channel, string? subject, string text, CancellationToken ct);

    /// <summary>The client has answered: an activity, and a line of its history.</summary>
    Task RepliedAsync(ClientId client, MessageChannel channel, string? text, CancellationToken ct);
}
