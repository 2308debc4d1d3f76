using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm.Import;

/// <summary>
/// Takes in clients. The external id says which client a row changes; an e-mail address or number that another client has refuses the row,
/// so that a file sent twice does not double an office's clients. A no to messages suppresses address and number.
/// </summary>
internal sealed class ClientImporter(
    CrmDb db, IOrganizationDirectory organizations, ILeadDirectory leads, ISuppressionList suppressions,
    IValidator<CreateClientRequest> newRules, IValidator<UpdateClientRequest> changeRules) : IRowImporter
{
    public string Entity => "clients";

    public IReadOnlyList<ImportMember> Members => ClientColumns.All;

    public string KeyMember => ClientColumns.ExternalId;

    public (string Create, string Update) Permissions => (CrmPermissions.Create, CrmPermissions.Update);

    public IReadOnlySet<string> Shown { get; } = ImportMembers.NamesOf<ClientResponse>();

    public string? Fallback(string member, IReadOnlySet<string> mapped) => PersonNames.Fallback(member, mapped);

    public async Task<IReadOnlyList<RowOutcome>> WriteAsync(IReadOnlyList<ImportRow> rows, ImportRun run, CancellationToken ct)
    {
        var country = (await organizations.DefaultsAsync(ct)).Country;
        var given = rows.Select(r => RowReader.Read<UpdateClientRequest>(r.Body, null).Body).ToList();
        var people = await KnownAsync(given, [.. rows.Select(OwnId).OfType<ClientId>().Distinct()], country, ct);
        var known = await leads.SummariesAsync([.. given.Select(g => g.LeadId).OfType<LeadId>()], ct);
        var staff = new StaffOfRows(organizations, "assigned_agent_id");
        var refusals = new Refusals(suppressions, ConsentColumns.Note);
        var (added, outcomes) = (new List<Client>(), new RowOutcome[rows.Count]);
        for (var i = 0; i < rows.Count; i++)
        {
            var own = rows[i].Text(ImportMember.OwnId);
            var client = own is null ? people.Find(rows[i].Text(ClientColumns.ExternalId)) : people.FindOwn(OwnId(rows[i])?.Reference());
            var alike = client is null && own is null && run.OnDuplicate != OnDuplicate.Reject
                ? people.Alike(EmailAddress.Normalise(given[i].Email), PhoneNumber.Normalise(given[i].Phone, country)) : null;
            client ??= alike;
            if (alike is not null && run.OnDuplicate == OnDuplicate.Skip)
            {
                // A no is heard all the same.
                refusals.Take(ConsentColumns.Refused(rows[i].Body, []), alike.EmailNormalised, alike.PhoneE164);
                outcomes[i] = RowState.Unchanged;
                continue;
            }
            var (fields, errors) = client is null ? Read(PersonNames.Split(rows[i].ForNew, isNew: true), newRules)
                : Read(PersonNames.Split(rows[i].Body), changeRules);
            var refused = ConsentColumns.Refused(rows[i].Body, errors);
            if (own is not null && client is null)
                errors.Add(FieldError.Format(ImportMember.OwnId,
                    "names no client of the organization; with mapping {\"id\": null} the rows are new ones"));
            if (client is not null && !people.IsNew(client) && !MayChange(client, run))
                errors.Add(FieldError.Format(ClientColumns.ExternalId, "belongs to a client that you may not change"));
            if (await staff.FaultOfAsync(null, fields.AssignedAgentId, ct) is { } stranger) errors.Add(stranger);
            if (fields.LeadId is { } lead && !known.ContainsKey(lead))
                errors.Add(FieldError.Format("lead_id", "names no lead of the organization"));
            if (errors.TrueForAll(e => e.Field != "phone") && PhoneNumber.FaultOf(fields.Phone, country) is { } unreadable)
                errors.Add(unreadable);
            errors.AddRange(people.Duplicates(client, EmailAddress.Normalise(fields.Email), PhoneNumber.Normalise(fields.Phone, country)));
            if (errors.Count > 0)
            {
                outcomes[i] = RowOutcome.Failed(errors);
                continue;
            }
            var isNew = client is null;
            if (client is null) added.Add(client = new Client());
            var changed = alike is not null && run.OnDuplicate == OnDuplicate.Merge ? Fill(client, fields, country)
                : Change(client, fields, country);
            if (changed && !isNew && !people.IsNew(client)) db.AddHistory(client, "client_updated", "Client Changed", "By an import");
            if (isNew || changed) people.Know(client, isNew);
            refusals.Take(refused, client.EmailNormalised, client.PhoneE164);
            outcomes[i] = isNew ? RowState.Inserted : changed ? RowState.Updated : RowState.Unchanged;
        }
        db.AddRange(added);
        await db.SaveChangesAsync(ct);
        foreach (var client in added) db.AddHistory(client, "client_created", "Client Added", client.FullName);
        await refusals.SaveAsync(ct);
        await db.SaveChangesAsync(ct);
        return outcomes;
    }

    private static (ClientFields, List<FieldError>) Read<T>(JsonElement row, IValidator<T> rules) where T : ClientFields =>
        RowReader.Read(row, rules);

    private static bool Change(Client client, ClientFields fields, string? country)
    {
        var (before, metadata) = (Snapshot(client), client.Metadata);
        fields.ApplyTo(client, country);
        client.Metadata = ImportedMetadata.Merge(metadata, client.Metadata);
        return before != Snapshot(client);
    }

    /// <summary>The row fills what the client lacks.</summary>
    private static bool Fill(Client client, ClientFields fields, string? country)
    {
        var before = Snapshot(client);
        var submitted = new Client();
        fields.ApplyTo(submitted, country);
        if (client.Email is null) client.SetEmail(submitted.Email);
        if (client.Phone is null) client.SetPhone(submitted.Phone, country);
        client.Type ??= submitted.Type;
        client.Preferences ??= submitted.Preferences;
        client.Notes ??= submitted.Notes;
        client.ExternalId ??= submitted.ExternalId;
        client.LeadId ??= submitted.LeadId;
        client.AssignedAgentId ??= submitted.AssignedAgentId;
        client.Metadata = ImportedMetadata.Merge(submitted.Metadata, client.Metadata);
        return before != Snapshot(client);
    }

    private static ClientId? OwnId(ImportRow row) => ClientId.TryParse(row.Text(ImportMember.OwnId), null, out var id) ? id : null;

    private static string Snapshot(Client client) => JsonSerializer.Serialize(ClientResponse.Of(client), Json.Options);

    private static bool MayChange(Client client, ImportRun run) => run.MayChange switch
    {
        ChangeScope.All => true,
        ChangeScope.Own => client.AssignedAgentId == run.UserId || client.CreatedBy == run.UserId,
        _ => false,
    };

    /// <summary>
    /// The clients that the rows name, and those that have an address or number of theirs: at most four statements a batch, each by its
    /// index.
    /// </summary>
    private async Task<ImportedPeople<Client>> KnownAsync(IReadOnlyList<ClientFields> rows, ClientId[] own, string? country,
        CancellationToken ct)
    {
        await db.HoldForImportAsync(ct);
        var keys = rows.Select(r => r.ExternalId).OfType<string>().Distinct().ToArray();
        var emails = rows.Select(r => EmailAddress.Normalise(r.Email)).OfType<string>().Distinct().ToArray();
        var phones = rows.Select(r => PhoneNumber.Normalise(r.Phone, country)).OfType<string>().Distinct().ToArray();
        var people = new ImportedPeople<Client>();
        if (own.Length > 0) (await db.Clients.Where(c => own.Contains(c.Id)).ToListAsync(ct)).ForEach(c => people.Know(c));
        if (keys.Length > 0) (await db.Clients.Where(c => keys.Contains(c.ExternalId)).ToListAsync(ct)).ForEach(c => people.Know(c));
        if (emails.Length > 0) (await db.Clients.Where(c => emails.Contains(c.EmailNormalised)).ToListAsync(ct)).ForEach(
            c => people.Know(c));
        if (phones.Length > 0) (await db.Clients.Where(c => phones.Contains(c.PhoneE164)).ToListAsync(ct)).ForEach(c => people.Know(c));
        return people;
    }
}
