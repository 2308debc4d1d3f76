using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Records;

namespace RealEstateOs.Leads;

/// <summary>Takes in who asks through another module's channel, by the rules of every other lead.</summary>
internal sealed class LeadIntake(LeadsDb db, NewLeads newLeads, LeadMerge merge, IOrganizationDirectory organizations) : ILeadIntake
{
    public async Task<LeadId> ReceiveAsync(IncomingLead incoming, CancellationToken ct)
    {
        var country = (await organizations.DefaultsAsync(ct)).Country;
        var lead = new Lead
        {
            FirstName = incoming.FirstName, LastName = incoming.LastName, Source = incoming.Source, Notes = incoming.Notes,
            PropertyId = incoming.PropertyId, Consent = incoming.Consent, Metadata = incoming.Metadata,
        };
        lead.SetEmail(incoming.Email);
        lead.SetPhone(incoming.Phone, country);
        return await TakeAsync(lead, ct);
    }

    /// <summary>Adds who is new; who is known stays one person.</summary>
    public async Task<LeadId> TakeAsync(Lead lead, CancellationToken ct)
    {
        // Into one only: a stranger who names the address of one and the number of another makes them no single person.
        if (await db.LikeAsync(lead, ct, toMerge: true) is { Count: > 0 } known)
            return (await merge.SubmitAsync(known, lead, ct, intoOne: true)).Id;
        await newLeads.AddAsync([new NewLead(lead, LeadStatus.New, null)], ct);
        return lead.Id;
    }
}
