using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Communications;

/// <summary>An address that may not be written to.</summary>
internal sealed class Suppression : Entity<SuppressionId>
{
    public MessageChannel Channel { get; set; }
    public string Address { get; set; } = "";
    public SuppressionReason Reason { get; set; }
    public string? Note { get; set; }
}

internal sealed class SuppressionList(OutreachDb db) : ISuppressionList
{
    public async Task<IReadOnlyDictionary<string, SuppressionReason>> FindAsync(MessageChannel channel,
        IReadOnlyCollection<string> addresses, CancellationToken ct)
    {
        var spelled = addresses.GroupBy(address => Key(channel, address), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(),
            StringComparer.Ordinal);
        var wanted = spelled.Keys.ToArray();
        var found = await db.Suppressions.AsNoTracking().Where(s => s.Channel == channel && wanted.Contains(s.Address))
            .Select(s => new { s.Address, s.Reason }).ToListAsync(ct);
        return found.SelectMany(s => spelled[s.Address].Select(address => (address, s.Reason))).DistinctBy(s => s.address)
            .ToDictionary(s => s.address, s => s.Reason);
    }

    public Task AddAsync(MessageChannel channel, string address, SuppressionReason reason, string? note, CancellationToken ct) =>
        AddAsync(channel, [address], reason, note, ct);

    public Task AddAsync(MessageChannel channel, IReadOnlyCollection<string> addresses, SuppressionReason reason, string? note,
        CancellationToken ct)
    {
        // What is no address (a provider's slip) suppresses nobody.
        var keys = addresses.Select(address => Key(channel, address)).Where(key => key.Length > 0).Distinct()
            .Order(StringComparer.Ordinal).ToArray();
        return keys.Length == 0 ? Task.CompletedTask : db.Database.ExecuteSqlAsync(
            $"""
             insert into outreach.suppressions (organization_id, channel, address, reason, note, created_by, created_at, updated_at)
             select {db.CurrentOrganization.Value}, {Vocabulary.Word(channel)}, key, {Vocabulary.Word(reason)}, {note},
                 {db.Work.Tenant.User?.Value}, now(), now() from unnest({keys}) key
             on conflict (organization_id, channel, address) do nothing
             """, ct);
    }

    public Task TakeBackAsync(MessageChannel channel, string address, CancellationToken ct)
    {
        var key = Key(channel, address);
        return db.Suppressions.Where(s => s.Channel == channel && s.Address == key && s.Reason == SuppressionReason.Unsubscribed)
            .ExecuteDeleteAsync(ct);
    }

    /// <summary>
    /// The mailbox or number, however it is written. What a provider names and we can't read is found again only as it stands there.
    /// </summary>
    public static string Key(MessageChannel channel, string address, string? country = null) =>
        (channel == MessageChannel.Email ? EmailAddress.Normalise(address) : PhoneNumber.Normalise(address, country))
            ?? address.Trim().ToLowerInvariant();
}
