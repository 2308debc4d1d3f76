using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics.Agents;

/// <summary>Everybody's results in whole days, from what is rolled up by person; for who may look at colleagues.</summary>
internal sealed class PeopleResults(FactReader facts)
{
    private static readonly Whose Everybody = new(Reach.All, default, null);

    /// <returns>In the order of <paramref name="users"/>.</returns>
    public async Task<IReadOnlyList<AgentResults>> OfAsync(IReadOnlyList<UserId> users, DaySpan span, string currency, CancellationToken ct)
    {
        var leads = await CellsAsync(Fact.LeadsByPerson, span, Cut.First, ct);
        var listings = await CellsAsync(Fact.PropertiesByPerson, span, Cut.First, ct);
        var closed = await CellsAsync(Fact.ClosedByPerson, span, Cut.First | Cut.Second | Cut.Third, ct);
        var shares = await CellsAsync(Fact.SharesByPerson, span, Cut.First | Cut.Third, ct);
        return [.. users.Select(user =>
        {
            var won = closed[user].Where(c => c.Second == "closed_won").ToArray();
            var here = won.Where(c => c.Third == currency).ToArray();
            var shared = shares[user].Where(c => c.Third == currency).ToArray();
            var (parts, known) = (shared.Sum(c => c.Count), shared.Add(c => c.A));
            return new AgentResults
            {
                User = user, ListingsTaken = (int)listings[user].Sum(c => c.Count), Won = (int)won.Sum(c => c.Count),
                Lost = (int)closed[user].Where(c => c.Second == "closed_lost").Sum(c => c.Count), Volume = here.Add(c => c.A).Sum,
                Commission = parts == 0 ? 0 : known.Known == 0 ? null : Math.Round(known.Sum, 2),
                CommissionsUnknown = (int)(parts - known.Known), WonElsewhere = (int)(won.Sum(c => c.Count) - here.Sum(c => c.Count)),
                DaysToClose = (double?)won.Add(c => c.C).Days(), FirstResponseMinutes = (double?)leads[user].Add(c => c.A).Mean.Round(1),
            };
        })];
    }

    private async Task<ILookup<UserId?, Cell>> CellsAsync(Fact fact, DaySpan span, Cut cut, CancellationToken ct) =>
        (await facts.ReadAsync(fact, span, Everybody, cut, ct)).ToLookup(c => c.PersonInFirst());
}
