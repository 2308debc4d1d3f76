using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;

namespace RealEstateOs.Platform.Contacts;

/// <summary>
/// The addresses and numbers of people who refuse messages and whose record does not keep that, or goes: the organization writes to them
/// no more.
/// </summary>
public sealed class Refusals(ISuppressionList suppressions, string note)
{
    private readonly HashSet<(MessageChannel Channel, string Address)> refused = [];

    /// <summary>The note of what was said as a lead that was deleted.</summary>
    public static string OfDeleted(LeadId lead) => FormattableString.Invariant($"Said as lead {lead.Value}, which was deleted");

    public void Take(IEnumerable<MessageChannel> channels, string? email, string? phone)
    {
        foreach (var channel in channels)
            if ((channel == MessageChannel.Email ? email : phone) is { Length: > 0 } address) refused.Add((channel, address));
    }

    public async Task SaveAsync(CancellationToken ct)
    {
        foreach (var of in refused.GroupBy(r => r.Channel, r => r.Address))
            await suppressions.AddAsync(of.Key, [.. of], SuppressionReason.Unsubscribed, note, ct);
    }
}
