using RealEstateOs.Contracts.Outreach;

namespace RealEstateOs.Platform.Imports;

/// <summary>The addresses and numbers of a batch whose rows refuse messages; the organization writes to them no more.</summary>
public sealed class RefusalsOfRows(ISuppressionList suppressions)
{
    private readonly HashSet<(MessageChannel Channel, string Address)> refused = [];

    public void Take(IEnumerable<MessageChannel> channels, string? email, string? phone)
    {
        foreach (var channel in channels)
            if ((channel == MessageChannel.Email ? email : phone) is { Length: > 0 } address) refused.Add((channel, address));
    }

    public async Task SaveAsync(CancellationToken ct)
    {
        foreach (var of in refused.GroupBy(r => r.Channel, r => r.Address))
            await suppressions.AddAsync(of.Key, [.. of], SuppressionReason.Unsubscribed, "Said in a file that was imported", ct);
    }
}
