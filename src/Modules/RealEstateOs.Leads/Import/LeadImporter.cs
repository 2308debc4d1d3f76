using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Records;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads.Import;

/// <summary>
/// Takes in leads: new ones are scored and routed as single ones are; the external id says which lead a row changes. An e-mail address or
/// number that another lead has refuses the row, as <c>POST /leads</c> does.
/// </summary>
internal sealed class LeadImporter(
    LeadsDb db, NewLeads newLeads, LeadMerge merge, LeadScoring scoring, IOrganizationDirectory organizations,
    IPropertyDirectory properties,
    IValidator<CreateLeadRequest> newRules, IValidator<UpdateLeadRequest> changeRules, TimeProvider clock) : IRowImporter
{
    public string Entity => "leads";

    public IReadOnlyList<ImportMember> Members => LeadColumns.All;

    public string KeyMember => LeadColumns.ExternalId;

    public (string Create, string Update) Permissions => (LeadsPermissions.Create, LeadsPermissions.Update);

    public string AssignPermission => LeadsPermissions.Assign;

    public IReadOnlySet<string> Shown { get; } = ImportMembers.NamesOf<LeadResponse>();

    public string? Fallback(string member, IReadOnlySet<string> mapped) => PersonNames.Fallback(member, mapped);

    public async Task<IReadOnlyList<RowOutcome>> WriteAsync(IReadOnlyList<ImportRow> rows, ImportRun run, CancellationToken ct)
    {
        var defaults = await organizations.DefaultsAsync(ct);
        var country = defaults.Country;
        var given = rows.Select(r => (Row: r, Fields: RowReader.Read<UpdateLeadRequest>(r.Body, null).Body, Own: OwnId(r))).ToList();
        var people = await KnownAsync(given.ConvertAll(g => ((LeadFields)g.Fields, g.Own)), country, ct);
        var homes = await properties.SummariesAsync([.. given.Select(g => g.Fields.PropertyId).OfType<PropertyId>()], ct);
        var staff = new StaffOfRows(organizations, "assigned_to");
        var (added, changed, outcomes) = (new Dictionary<Lead, NewLead>(), new HashSet<Lead>(), new RowOutcome[rows.Count]);
        for (var i = 0; i < rows.Count; i++)
        {
            var own = rows[i].Text(ImportMember.OwnId);
            var lead = own is null ? people.Find(rows[i].Text(LeadColumns.ExternalId)) : people.FindOwn(given[i].Own?.Reference());
            var alike = lead is null && own is null && run.OnDuplicate != OnDuplicate.Reject
                ? people.Alike(EmailAddress.Normalise(given[i].Fields.Email), PhoneNumber.Normalise(given[i].Fields.Phone, country)) : null;
            lead ??= alike;
            if (alike is not null && run.OnDuplicate == OnDuplicate.Skip)
            {
                var heard = HearNo(alike, rows[i]);
                if (heard && !people.IsNew(alike)) changed.Add(alike);
                outcomes[i] = heard ? RowState.Updated : RowState.Unchanged;
                continue;
            }
            var consentErrors = new List<FieldError>();
            var (fields, errors) = lead is null
                ? Read(PersonNames.Split(ConsentColumns.Read(rows[i].ForNew, consentErrors), isNew: true), newRules)
                : Read(PersonNames.Split(ConsentColumns.Read(rows[i].Body, consentErrors)), changeRules);
            errors.AddRange(consentErrors);
            if (own is not null && lead is null)
                errors.Add(FieldError.Format(ImportMember.OwnId,
                    "names no lead of the organization; with mapping {\"id\": null} the rows are new ones"));
            // Our own file shows the score that was computed; only another one was set by hand.
            if (own is not null && lead is { ScoreIsManual: false } && fields.Score == lead.Score) fields = fields with { Score = null };
            if (lead is not null && !people.IsNew(lead) && !IsWithin(run.MayChange, lead, run))
                errors.Add(FieldError.Format(LeadColumns.ExternalId, "belongs to a lead that you may not change"));
            if (fields.AssignedTo is { } agent && agent != lead?.AssignedTo
                && !(lead is null || people.IsNew(lead) ? run.MayAssign != ChangeScope.None : IsWithin(run.MayAssign, lead, run)))
                errors.Add(FieldError.Format("assigned_to", $"needs the permission {LeadsPermissions.Assign}"));
            if (await staff.FaultOfAsync(fields.TeamId, fields.AssignedTo, ct) is { } stranger) errors.Add(stranger);
            if (fields.Budget is not null && (rows[i].Text(ImportMember.Currency) ?? run.Currency) is { } currency
                && currency != defaults.Currency)
                errors.Add(FieldError.Format("budget", $"is in {currency}; budgets of leads are in {defaults.Currency}"));
            if (fields.PropertyId is { } home && !homes.ContainsKey(home))
                errors.Add(FieldError.Format("property_id", "names no property of the organization"));
            if (errors.TrueForAll(e => e.Field != "phone") && PhoneNumber.FaultOf(fields.Phone, country) is { } unreadable)
                errors.Add(unreadable);
            errors.AddRange(people.Duplicates(lead, EmailAddress.Normalise(fields.Email), PhoneNumber.Normalise(fields.Phone, country)));
            if (errors.Count > 0) outcomes[i] = RowOutcome.Failed(errors);
            else if (lead is null)
            {
                lead = new Lead { Source = LeadSource.Import };
                fields.ApplyTo(lead, country);
                lead.TeamId ??= run.TeamId;
                added[lead] = new NewLead(lead, fields.Status ?? LeadStatus.New,
                    fields.AssignedTo) { StartsSequences = run.StartSequences };
                people.Know(lead, isNew: true);
                outcomes[i] = RowState.Inserted;
            }
            else if (added.TryGetValue(lead, out var earlier))
            {
                Apply(lead, fields, country);
                added[lead] = earlier with { Status = fields.Status ?? earlier.Status,
                    AssignedTo = fields.AssignedTo ?? earlier.AssignedTo };
                people.Know(lead);
                outcomes[i] = RowState.Updated;
            }
            else if (alike is not null && run.OnDuplicate == OnDuplicate.Merge ? await FillAsync(lead, fields, country, ct)
                : Change(lead, fields, country))
            {
                changed.Add(lead);
                people.Know(lead);
                outcomes[i] = RowState.Updated;
            }
            else outcomes[i] = RowState.Unchanged;
        }
        if (changed.Count > 0) await db.SaveAsync(changed, scoring, ct);
        if (added.Count > 0) await newLeads.AddAsync(added.Values, ct);
        return outcomes;
    }

    private static (LeadFields, List<FieldError>) Read<T>(JsonElement row, IValidator<T> rules) where T : LeadFields =>
        RowReader.Read(row, rules);

    private static void Apply(Lead lead, LeadFields fields, string? country)
    {
        var (metadata, consent) = (lead.Metadata, lead.Consent);
        fields.ApplyTo(lead, country);
        lead.Metadata = ImportedMetadata.Merge(metadata, lead.Metadata);
        if (fields.Has(nameof(fields.Consent))) lead.Consent = Consents.Together(consent, lead.Consent); // a file takes no no back
    }

    private bool Change(Lead lead, LeadFields fields, string? country)
    {
        var before = Snapshot(lead);
        Apply(lead, fields, country);
        if (fields.Status is { } status && lead.MoveTo(status, db.Work.Tenant.User, clock.Now()) is { } move) db.Record(lead, move);
        if (fields.AssignedTo is not null) db.Assign(lead, fields.AssignedTo, "manual");
        if (before == Snapshot(lead)) return false;
        db.AddTimeline(lead, "lead_imported", "Changed By An Import", null);
        return true;
    }

    /// <summary>The row goes into the lead there is: it fills what is empty, as a second submission does.</summary>
    private async Task<bool> FillAsync(Lead lead, LeadFields fields, string? country, CancellationToken ct)
    {
        var before = Snapshot(lead);
        var submitted = new Lead { Source = lead.Source };
        fields.ApplyTo(submitted, country);
        submitted.AssignTo(fields.AssignedTo, clock.Now());
        await merge.FillAsync(lead, submitted, withAddresses: true, ct);
        if (before == Snapshot(lead)) return false;
        db.AddTimeline(lead, "duplicate_merged", "Merged With A Row Of An Import", null);
        return true;
    }

    /// <summary>A no is heard also of a row that is passed over.</summary>
    private bool HearNo(Lead lead, ImportRow row)
    {
        var before = Snapshot(lead);
        JsonElement? said = ConsentColumns.Read(row.Body, []).TryGetProperty("consent", out var consent) ? consent : null;
        if (!said.Refuses("email") && !said.Refuses("sms") && !said.Refuses("phone")) return false;
        lead.Consent = Consents.Together(lead.Consent, said);
        if (before == Snapshot(lead)) return false;
        db.AddTimeline(lead, "lead_imported", "Said No In A File", null);
        return true;
    }

    private static LeadId? OwnId(ImportRow row) => LeadId.TryParse(row.Text(ImportMember.OwnId), null, out var id) ? id : null;

    private static string Snapshot(Lead lead) => JsonSerializer.Serialize(LeadResponse.Of(lead), Json.Options);

    private static bool IsWithin(ChangeScope scope, Lead lead, ImportRun run) => scope switch
    {
        ChangeScope.All => true,
        ChangeScope.Own => lead.AssignedTo == run.UserId || lead.CreatedBy == run.UserId,
        _ => false,
    };

    /// <summary>
    /// The leads that the rows name, and those that have an address or number of theirs: at most four statements a batch, each by its
    /// index.
    /// </summary>
    private async Task<ImportedPeople<Lead>> KnownAsync(IReadOnlyList<(LeadFields Fields, LeadId? Own)> given, string? country,
        CancellationToken ct)
    {
        var rows = given.Select(g => g.Fields).ToList();
        var own = given.Select(g => g.Own).OfType<LeadId>().Distinct().ToArray();
        var keys = rows.Select(r => r.ExternalId).OfType<string>().Distinct().ToArray();
        var emails = rows.Select(r => EmailAddress.Normalise(r.Email)).OfType<string>().Distinct().ToArray();
        var phones = rows.Select(r => PhoneNumber.Normalise(r.Phone, country)).OfType<string>().Distinct().ToArray();
        var people = new ImportedPeople<Lead>();
        if (own.Length > 0) (await db.Leads.Where(l => own.Contains(l.Id)).ToListAsync(ct)).ForEach(l => people.Know(l));
        if (keys.Length > 0) (await db.Leads.Where(l => keys.Contains(l.ExternalId)).ToListAsync(ct)).ForEach(l => people.Know(l));
        if (emails.Length > 0) (await db.Leads.Where(l => emails.Contains(l.EmailNormalised)).ToListAsync(ct)).ForEach(l => people.Know(l));
        if (phones.Length > 0) (await db.Leads.Where(l => phones.Contains(l.PhoneE164)).ToListAsync(ct)).ForEach(l => people.Know(l));
        string[] addresses = [.. emails, .. phones];
        var former = await db.FormerContacts.Where(f => addresses.Contains(f.Address))
            .Join(db.Leads, f => f.LeadId, l => l.Id, (f, l) => new { f.Address, Lead = l }).ToListAsync(ct);
        former.ForEach(f => people.KnowAs(f.Lead, f.Address));
        return people;
    }
}
