using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads;

/// <summary>Finds the leads that a campaign is for, within the current organization.</summary>
internal sealed class LeadAudience(LeadsDb db) : ILeadAudience
{
    public async Task<IReadOnlyList<LeadContact>> PageAsync(LeadWish wish, LeadId? after, int limit, CancellationToken ct)
    {
        // A typed id has no order in C#; PostgreSQL knows it.
        var last = after?.Value ?? 0;
        var leads = db.Leads.FromSql($"select *, xmin from leads.leads where id > {last}").AsNoTracking();
        if (wish.LeadIds.Length > 0)
        {
            var named = await NowAsync(wish.LeadIds, ct);
            leads = leads.Where(l => named.Contains(l.Id));
        }
        if (wish.Status.Length > 0) leads = leads.Where(l => wish.Status.Contains(l.Status));
        if (wish.Source.Length > 0) leads = leads.Where(l => wish.Source.Contains(l.Source));
        if (wish.Tags.Length > 0) leads = leads.Where(l => wish.Tags.All(tag => l.Tags.Contains(tag)));
        if (wish.MinScore is { } least) leads = leads.Where(l => l.Score >= least);
        if (wish.MaxScore is { } most) leads = leads.Where(l => l.Score <= most);
        if (wish.MinBudget is { } from) leads = leads.Where(l => l.Budget >= from);
        if (wish.MaxBudget is { } to) leads = leads.Where(l => l.Budget <= to);
        if (wish.AssignedTo is { } agent) leads = leads.Where(l => l.AssignedTo == agent);
        if (wish.OwnedBy is { } owner) leads = leads.Where(Lead.IsOwnedBy(owner));
        var found = await leads.OrderBy(l => l.Id).Take(limit)
            .Select(l => new { l.Id, l.FirstName, l.LastName, l.Email, l.PhoneE164, l.Company, l.Budget, l.Area, l.AssignedTo, l.Consent,
                l.PropertyId })
            .ToListAsync(ct);
        return found.ConvertAll(l => new LeadContact(
            l.Id, l.FirstName, l.LastName, l.Email, l.PhoneE164, l.Company, l.Budget, l.Area, l.AssignedTo, l.Consent.Refuses("email"),
            l.Consent.Refuses("sms")) { PropertyId = l.PropertyId });
    }

    /// <summary>The leads themselves, and those that some of them were merged into.</summary>
    private async Task<LeadId[]> NowAsync(LeadId[] leads, CancellationToken ct)
    {
        var merged = db.Leads.WithDeleted().Where(l => leads.Contains(l.Id) && l.MergedIntoId != null);
        return [.. leads, .. await merged.Select(l => l.MergedIntoId!.Value).ToListAsync(ct)];
    }
}
