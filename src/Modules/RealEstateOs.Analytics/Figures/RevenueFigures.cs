using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Figures;

/// <summary>What was earned and spent in the period: commissions of won deals by the day they closed, other money by the day it was booked
/// for.</summary>
public sealed record RevenueFiguresResponse : FigureResponse
{
    /// <summary>total_commissions + other_income</summary>
    public required decimal TotalRevenue { get; init; }
    /// <summary>Booked expenses + marketing_spend</summary>
    public required decimal TotalExpenses { get; init; }
    /// <summary>total_revenue − total_expenses</summary>
    public required decimal NetRevenue { get; init; }
    /// <summary>Value × rate of the won deals that carry a rate, before it is split.</summary>
    public required decimal TotalCommissions { get; init; }
    /// <summary>Completed transactions of the type income.</summary>
    public required decimal OtherIncome { get; init; }
    /// <summary>Completed transactions of the type commission: how much of the commissions has come in. No part of total_revenue, which
    /// holds them already.</summary>
    public required decimal CommissionsPaid { get; init; }
    /// <summary>Marketing's expenses; part of total_expenses.</summary>
    public required decimal MarketingSpend { get; init; }
    /// <summary>Commissions of open deals × probability, as it stands now.</summary>
    public required decimal ExpectedRevenue { get; init; }
    /// <summary>Commissions and other income against expenses, the oldest month first.</summary>
    public required IReadOnlyList<RevenueMonth> ByMonth { get; init; }
    /// <summary>Commissions by the person a deal is assigned to, the largest first.</summary>
    public required IReadOnlyList<RevenueOfAgent> ByAgent { get; init; }
    /// <summary>Commissions by where the deal's lead came from.</summary>
    public required IReadOnlyDictionary<string, decimal> BySource { get; init; }
    /// <summary>Commissions by currency.</summary>
    public required IReadOnlyDictionary<string, decimal> ByCurrency { get; init; }

    internal override IEnumerable<(string Name, decimal? Value)> Main() =>
        [("total_revenue", TotalRevenue), ("total_expenses", TotalExpenses), ("net_revenue", NetRevenue),
            ("total_commissions", TotalCommissions)];
}

/// <param name="Month">Its first day.</param>
/// <param name="Net">Revenue less expenses.</param>
/// <param name="Revenue">Commissions of won deals and other income.</param>
/// <param name="Expenses">Completed expenses, with marketing's.</param>
public sealed record RevenueMonth(DateOnly Month, decimal Revenue, decimal Expenses, decimal Net);

/// <param name="Name">Full name; null for deals without an agent.</param>
/// <param name="WonDeals">Deals that closed as won within the days.</param>
/// <param name="Commissions">value × rate of these, in the organization's currency.</param>
public sealed record RevenueOfAgent(UserId? UserId, string? Name, long WonDeals, decimal Commissions);

internal sealed class RevenueFigures(FactReader facts, WonDeals sold, DealFigures deals, UnitOfWork work, CurrentUser user,
    IOrganizationDirectory organizations)
{
    // A person's money: what they booked, and what belongs to their deals.
    private const string BookedSql =
        """
        select t.kind, t.month, sum(t.amount) from (
            select t.transaction_type as kind, date_trunc('month', t.transaction_date)::date as month, t.amount
            from deals.report_transactions t left join deals.report_deals d on d.id = t.deal_id
            where $7 and t.organization_id = $1 and t.transaction_date >= $2 and t.transaction_date <= $3 and t.currency = $4
                and t.transaction_type in ('commission', 'income', 'expense')
                and (not $8 or t.created_by = $5 or d.assigned_to = $5 or d.created_by = $5
                    or exists (select from deals.report_shares s where s.deal_id = d.id and s.user_id = $5))
                and ($6 = 0 or d.assigned_to = $6 or t.created_by = $6)
            union all
            select 'marketing', date_trunc('month', e.spent_on)::date, e.amount from marketing.report_expenses e
            where $9 and e.organization_id = $1 and e.spent_on >= $2 and e.spent_on <= $3 and e.currency = $4
                and (not $10 or e.created_by = $5) and ($6 = 0 or e.created_by = $6)) t
        group by 1, 2
        """;

    public async Task<RevenueFiguresResponse> CountAsync(FigureContext context, CancellationToken ct)
    {
        var whose = context.Of(user, MayRead.Deals);
        var won = (await facts.ReadAsync(Fact.Closed, context.Span, whose, Cut.First | Cut.Third | Cut.Month, ct, context.Zone))
            .Where(c => c.First == "closed_won").ToArray();
        var here = won.Where(c => c.Third == context.Currency).ToArray();
        var booked = await BookedAsync(context, ct);
        decimal Booked(params IReadOnlyCollection<string> kinds) => booked.Where(b => kinds.Contains(b.Kind)).Sum(b => b.Amount);
        var (commissions, income, expenses) = (here.Add(c => c.B).Sum, Booked("income"), Booked("expense", "marketing"));
        var sources = (await sold.BySourceAsync(context.Span, whose, ct)).Where(c => c.Third == context.Currency);
        var unrated = here.Sum(c => c.Count - c.B.Known);
        return new()
        {
            Period = context.Shown, Currency = context.Currency, AsOf = context.Now, TotalRevenue = commissions + income,
            TotalExpenses = expenses,
            NetRevenue = commissions + income - expenses, TotalCommissions = commissions, OtherIncome = income,
            CommissionsPaid = Booked("commission"),
            MarketingSpend = Booked("marketing"), ExpectedRevenue = (await deals.ForecastAsync(context, whose, ct)).ExpectedCommission,
            ByMonth = Months(context, here, booked),
            ByAgent = await AgentsAsync(context, whose, ct), BySource = sources.GroupBy(c => c.First ?? "unknown").ToDictionary(g => g.Key,
                g => g.Add(c => c.B).Sum),
            ByCurrency = won.ByCurrency(context.Currency, c => c.B),
            Notes =
            [
                .. Left.Out(won, context, "won deals", c => c.A),
                .. unrated > 0 ? [$"{unrated} of the won deals carry no commission rate: they add nothing to total_commissions."]
                    : Array.Empty<string>(),
                .. user.May(MayRead.Transactions) ? Array.Empty<string>()
                    : ["Transactions take the permission transactions:read: none is counted."],
                .. user.May(MayRead.Marketing) ? Array.Empty<string>()
                    : ["Marketing's expenses take the permission marketing:read: none is counted."],
            ],
        };
    }

    private static List<RevenueMonth> Months(FigureContext context, IReadOnlyList<Cell> won,
        List<(string Kind, DateOnly Month, decimal Amount)> booked)
    {
        var months = context.Span?.Months() ?? won.Select(c => c.Bucket!.Value).Concat(booked.Select(b => b.Month)).Distinct().Order();
        return [.. months.Select(month =>
        {
            var of = booked.Where(b => b.Month == month).ToArray();
            var revenue = won.Where(c => c.Bucket == month).Add(c => c.B).Sum + of.Where(b => b.Kind == "income").Sum(b => b.Amount);
            var expenses = of.Where(b => b.Kind is "expense" or "marketing").Sum(b => b.Amount);
            return new RevenueMonth(month, revenue, expenses, revenue - expenses);
        })];
    }

    private async Task<IReadOnlyList<RevenueOfAgent>> AgentsAsync(FigureContext context, Whose whose, CancellationToken ct)
    {
        var won = (await facts.ReadAsync(Fact.ClosedByPerson, context.Span, whose, Cut.First | Cut.Second | Cut.Third, ct))
            .Where(c => c.Second == "closed_won" && c.Third == context.Currency).ToArray();
        var people = await organizations.PeopleAsync([.. won.Select(c => c.PersonInFirst()).OfType<UserId>()], ct);
        return [.. won.Select(c => new RevenueOfAgent(c.PersonInFirst(),
                c.PersonInFirst() is { } who ? people.GetValueOrDefault(who)?.FullName : null, c.Count, c.B.Sum))
            .OrderByDescending(a => a.Commissions).ThenBy(a => a.UserId?.Value)];
    }

    private async Task<List<(string Kind, DateOnly Month, decimal Amount)>> BookedAsync(FigureContext context, CancellationToken ct)
    {
        var (money, ads) = (user.ReachOf(MayRead.Transactions), user.ReachOf(MayRead.Marketing));
        await using var command = new NpgsqlCommand(BookedSql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value }, new() { Value = context.Span?.From ?? new DateOnly(1900, 1, 1) },
                new() { Value = context.Span?.To ?? context.Today },
                new() { Value = context.Currency }, new() { Value = user.Id.Value }, new() { Value = context.Asked.Person?.Value ?? 0L },
                new() { Value = money != Reach.None },
                new() { Value = money == Reach.Own }, new() { Value = ads != Reach.None }, new() { Value = ads == Reach.Own },
            },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        var booked = new List<(string, DateOnly, decimal)>();
        while (await row.ReadAsync(ct)) booked.Add((row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetDecimal(2)));
        return booked;
    }
}
