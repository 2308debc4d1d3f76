using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Commissions;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>
/// Completes deals with their splits and the names of what they refer to, as far as the reader may see it: five statements, however many
/// deals.
/// </summary>
internal sealed class DealNames(DealsDb db, IPropertyReader properties, ILeadReader leads, IClientReader clients,
    IOrganizationDirectory organizations)
{
    public async Task<DealResponse> CompleteAsync(DealResponse deal, CancellationToken ct) => (await CompleteAsync([deal], ct))[0];

    public async Task<IReadOnlyList<DealResponse>> CompleteAsync(IReadOnlyList<DealResponse> deals, CancellationToken ct)
    {
        if (deals.Count == 0) return deals;
        var ids = deals.Select(d => d.Id).ToArray();
        var splits = (await db.Splits.AsNoTracking().Where(s => ids.Contains(s.DealId)).OrderBy(s => s.Position).ToListAsync(ct)).ToLookup(
            s => s.DealId);
        var homes = await properties.SummariesAsync([.. deals.Select(d => d.PropertyId).Distinct()], ct);
        var people = await organizations.PeopleAsync(
            [.. splits.SelectMany(s => s.Select(x => x.UserId)).Concat(Known(deals, d => d.AssignedTo)).Distinct()], ct);
        var leadNames = await leads.SummariesAsync([.. Known(deals, d => d.LeadId)], ct);
        var clientNames = await clients.NamesAsync([.. Known(deals, d => d.ClientId)], ct);
        return [.. deals.Select(deal => deal with
        {
            Property = homes.TryGetValue(deal.PropertyId, out var home) ? new DealProperty(home.Id, home.Address, home.City) : null,
            Lead = deal.LeadId is { } lead && leadNames.TryGetValue(lead, out var summary) ? new DealLead(lead, summary.FullName) : null,
            Client = deal.ClientId is { } client && clientNames.TryGetValue(client, out var name) ? new DealClient(client, name) : null,
            AssignedToName = deal.AssignedTo is { } agent && people.TryGetValue(agent, out var person) ? person.FullName : null,
            Splits = SharesOf(deal, [.. splits[deal.Id]], people),
        })];
    }

    private static SplitResponse[] SharesOf(DealResponse deal, DealSplit[] splits, IReadOnlyDictionary<UserId, Person> people)
    {
        var amounts = deal.AgentsAmount is { } shared && splits.Length > 0
            ? Shares.Of(shared, Array.ConvertAll(splits, s => s.Percent), deal.Currency) : null;
        return [.. splits.Select(
            (s, i) => new SplitResponse(s.UserId, people.GetValueOrDefault(s.UserId)?.FullName, s.Percent, amounts?[i]))];
    }

    private static IEnumerable<TId> Known<TId>(IReadOnlyList<DealResponse> deals, Func<DealResponse, TId?> id) where TId : struct =>
        deals.Select(id).OfType<TId>().Distinct();
}
