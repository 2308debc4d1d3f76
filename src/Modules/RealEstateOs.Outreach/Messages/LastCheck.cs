using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Messages;

/// <summary>
/// What campaigns and sequences ask right before a message leaves: is its address on the suppression list? The hours of the recipient are
/// asked where texts are sent.
/// </summary>
internal sealed class LastCheck(ISuppressionList suppressions)
{
    /// <summary>Those that nothing may be sent to, with the reason.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RefusalsAsync(MessageChannel channel, IReadOnlyCollection<string> recipients,
        CancellationToken ct) =>
            (await suppressions.FindAsync(channel, recipients, ct)).ToDictionary(r => r.Key, r => Vocabulary.Word(r.Value));
}
