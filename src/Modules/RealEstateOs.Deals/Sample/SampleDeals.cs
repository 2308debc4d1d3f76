using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Deals.Portfolios;
using RealEstateOs.Deals.Settings;
using RealEstateOs.Deals.Transactions;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Deals.Sample;

/// <summary>
/// Three deals with transactions and a portfolio, about the first properties of a sample brokerage; without properties nothing.
/// </summary>
internal sealed class SampleDeals(TimeProvider clock) : ISampleData
{
    private static readonly (DealStage Stage, decimal Rate, TransactionType Type, decimal Part, TransactionStatus Status)[] Plan =
    [
        (DealStage.Negotiation, 2m, TransactionType.Offer, 0.97m, TransactionStatus.Offer),
        (DealStage.Contract, 2m, TransactionType.Deposit, 0.10m, TransactionStatus.Completed),
        (DealStage.Qualified, 2.5m, TransactionType.Expense, 0.001m, TransactionStatus.Draft),
    ];

    public int Order => 300;

    public async Task PlantAsync(SampleContext context, CancellationToken ct)
    {
        var db = context.Services.GetRequiredService<DealsDb>();
        var homes = await context.Services.GetRequiredService<IPropertyDirectory>().CandidatesAsync(new PropertyWish(), Plan.Length, ct);
        if (homes.Count == 0) return;
        var vat = await context.Services.GetRequiredService<VatRates>().CurrentAsync(ct);
        var agents = context.People.Where(p => !p.Key.StartsWith("admin", StringComparison.Ordinal)).OrderBy(p => p.Key,
            StringComparer.Ordinal).Select(p => p.Value).ToArray();
        var leads = await context.Services.GetRequiredService<ILeadAudience>().PageAsync(new LeadWish(), null, Plan.Length, ct);
        foreach (var ((home, plan), place) in homes.Zip(Plan).Select((pair, place) => (pair, place)))
            await AddAsync(db, context, home, plan, leads.ElementAtOrDefault(place)?.Id, vat, agents, ct);
        var portfolio = new Portfolio { Name = "Core holdings", Description = "Sample portfolio" };
        db.Add(portfolio);
        await db.SaveChangesAsync(ct);
        var contents = context.Services.GetRequiredService<PortfolioContents>();
        contents.Add(portfolio.Id, homes);
        await db.SaveChangesAsync(ct);
        await Reconcile.RunAsync(portfolio.Id, ReconciledSums.DefaultThreshold, null, homes[0].Currency, db, contents,
            context.Services.GetRequiredService<IPropertyDirectory>(),
            context.Services.GetRequiredService<IPropertyFigures>(), clock, ct);
    }

    private async Task AddAsync(
        DealsDb db, SampleContext context, PropertySummary home,
        (DealStage Stage, decimal Rate, TransactionType Type, decimal Part, TransactionStatus Status) plan,
        LeadId? lead, decimal vat, UserId[] agents, CancellationToken ct)
    {
        var (now, today) = (clock.Now(), DateOnly.FromDateTime(clock.Now().UtcDateTime));
        var deal = new Deal
        {
            PropertyId = home.Id, LeadId = lead, DealType = DealType.Sale, Value = home.Current() ?? 0, Currency = home.Currency,
            CommissionRate = plan.Rate, VatRate = vat,
            AssignedTo = agents.Cast<UserId?>().FirstOrDefault(), TeamId = context.Team, ExpectedCloseDate = today.AddDays(45),
            Notes = "Sample deal",
        };
        var start = deal.StartAt(plan.Stage, null, now);
        var money = new DealTransaction
        {
            PropertyId = home.Id, TransactionType = plan.Type, Amount = Commission.Cents(deal.Value * plan.Part), Currency = home.Currency,
            TransactionDate = today,
            Description = "Sample transaction",
        };
        var first = money.StartAt(plan.Status, null, now);
        db.Add(deal);
        await db.SaveChangesAsync(ct);
        money.DealId = deal.Id;
        db.Add(money);
        await db.SaveChangesAsync(ct);
        (start.DealId, first.TransactionId) = (deal.Id, money.Id);
        db.AddRange(start, first);
        for (var i = 0; i < Math.Min(2, agents.Length); i++)
            db.Add(new DealSplit { DealId = deal.Id, Position = i, UserId = agents[i],
                Percent = agents.Length == 1 ? 100 : i == 0 ? 60 : 40 });
        db.Raise(() => new DealCreated(deal.Id, deal.PropertyId, lead, null, deal.TeamId, deal.Stage, deal.DealType, deal.Value,
            deal.Currency, deal.AssignedTo, null));
        await db.SaveChangesAsync(ct);
    }
}
