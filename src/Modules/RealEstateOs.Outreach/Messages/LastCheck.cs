using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Outreach.Messages;

/// <summary>What campaigns and sequences ask right before a message leaves: is its address on the suppression list? The hours of the recipient are asked where texts are sent.</summary>
internal sealed class LastCheck(ISuppressionList suppressions)
{
    /// <summary>Why it may not leave; null: it may.</summary>
    public async Task<string?> RefusalAsync(MessageChannel channel, string recipient, CancellationToken ct) =>
        (await suppressions.FindAsync(channel, [recipient], ct)).TryGetValue(recipient, out var reason) ? Vocabulary.Word(reason) : null;
}
