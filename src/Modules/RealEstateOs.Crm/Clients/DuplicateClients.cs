using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Crm.Clients;

/// <summary>A client as a refusal shows it.</summary>
internal sealed record ExistingClient(ClientId Id, string Name, string[] MatchedOn);

/// <summary>Finds the clients that are the same person as another one: by mailbox, by number, by the lead that both came from.</summary>
internal static class DuplicateClients
{
    /// <summary>The living clients that are alike, the oldest first.</summary>
    public static async Task<IReadOnlyList<Client>> LikeAsync(this CrmDb db, Client client, CancellationToken ct, bool toMerge = false)
    {
        var (id, email, phone, lead) = (client.Id, client.EmailNormalised, client.PhoneE164, client.LeadId);
        var alike = db.Clients
            .Where(c => (email != null && c.EmailNormalised == email) || (phone != null && c.PhoneE164 == phone)
                || (lead != null && c.LeadId == lead))
            .Where(c => c.Id != id)
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id);
        await db.LetImportsEndAsync(ct);
        return await db.LikeAsync([email, phone, lead?.Reference()], alike, toMerge, ct);
    }

    /// <summary>Refuses where there is such a client.</summary>
    public static async Task RequireNewAsync(this CrmDb db, Client client, CurrentUser user, CancellationToken ct)
    {
        if (await db.LikeAsync(client, ct) is { Count: > 0 } existing) throw await db.RefusalAsync(client, existing, user, ct);
    }

    /// <summary>Shows the oldest of the clients that the user may see; of others it says no more than what is the same.</summary>
    public static async Task<Problem> RefusalAsync(this CrmDb db, Client submitted, IReadOnlyList<Client> existing, CurrentUser user,
        CancellationToken ct)
    {
        var ids = existing.Select(c => c.Id).ToArray();
        var visible = await db.Clients.VisibleTo(user, CrmPermissions.Read).Where(c => ids.Contains(c.Id)).Select(c => c.Id)
            .ToListAsync(ct);
        var shown = existing.FirstOrDefault(c => visible.Contains(c.Id));
        var alike = shown ?? existing[0];
        string[] matched = submitted.LeadId is not null && submitted.LeadId == alike.LeadId ? ["lead_id"]
            : SamePerson.MatchedOn(submitted, alike);
        var words = $"A client with this {string.Join(" and ", matched)} already exists";
        return shown is null
            ? Problem.AlreadyExists($"{words}.", new { matched_on = matched })
            : Problem.AlreadyExists($"{words}: {shown.FullName}.", new ExistingClient(shown.Id, shown.FullName, matched));
    }

    /// <summary>What the client lacks comes from the submission; an address that is another client's stays that one's.</summary>
    public static void FillFrom(this Client client, Client submitted, bool alone, string? country)
    {
        if (alone && client.Email is null) client.SetEmail(submitted.Email);
        if (alone && client.Phone is null) client.SetPhone(submitted.Phone, country);
        client.Type ??= submitted.Type;
        client.Preferences ??= submitted.Preferences;
        client.Notes ??= submitted.Notes;
        client.Metadata ??= submitted.Metadata;
        client.ExternalId ??= submitted.ExternalId;
        client.LeadId ??= submitted.LeadId;
        client.AssignedAgentId ??= submitted.AssignedAgentId;
    }

    /// <summary>
    /// One import of clients at a time looks and writes, and nobody adds one beside it; a lock for each of its addresses would be
    /// thousands.
    /// </summary>
    public static Task HoldForImportAsync(this CrmDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('crm.client_import', {db.CurrentOrganization.Value}))",
            ct);

    private static Task LetImportsEndAsync(this CrmDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock_shared(hashtextextended('crm.client_import', {db.CurrentOrganization.Value}))", ct);
}
