using Npgsql;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Analytics.Agents;

/// <summary>What an agent reached in a span, as people are compared by it; null where no row could say.</summary>
internal record AgentResults
{
    public required UserId User { get; init; }
    public int ListingsTaken { get; init; }
    public int Won { get; init; }
    public int Lost { get; init; }
    public decimal Volume { get; init; }
    /// <summary>Shares of the commissions of won deals in the organization's currency; null where none of those deals says its
    /// rate.</summary>
    public decimal? Commission { get; init; }
    /// <summary>Shares in won deals whose commission nobody knows.</summary>
    public int CommissionsUnknown { get; init; }
    /// <summary>Won deals in another currency: counted, but in no amount.</summary>
    public int WonElsewhere { get; init; }
    public double? DaysToClose { get; init; }
    public double? FirstResponseMinutes { get; init; }
    public double? Conversion => Won + Lost == 0 ? null : Math.Round((double)Won / (Won + Lost), 4);
}

/// <summary>The same with all else that one agent's page shows, from the rows of properties, deals and leads.</summary>
internal sealed record AgentFigures : AgentResults
{
    public int ListingsTotal { get; init; }
    public int ListingsActive { get; init; }
    public decimal? AverageListPrice { get; init; }
    public decimal? AverageSalePrice { get; init; }
    public double? DaysOnMarket { get; init; }
}

internal sealed record PersonalFigures(int ListingsThisMonth, int ShowingsScheduled, int LeadsGenerated, int FollowUpsDue);

/// <summary>Counts in the views that the modules publish for reports; row-level security holds the organization's wall, the filter keeps
/// the plan.</summary>
internal sealed class OfficeFigures(UnitOfWork work)
{
    private const string AgentsSql =
        """
        select u.id,
            (select count(*)::int from properties.report_properties p where p.organization_id = $1 and p.assigned_user_id = u.id),
            (select count(*)::int from properties.report_properties p where p.organization_id = $1 and p.assigned_user_id = u.id
                and p.status in ('available', 'pending', 'under_contract')),
            (select count(*)::int from properties.report_properties p where p.organization_id = $1 and p.assigned_user_id = u.id
                and p.created_at >= $3 and p.created_at < $4),
            coalesce(d.won, 0), coalesce(d.lost, 0), coalesce(d.volume, 0), case when c.shares > 0 then c.commission else 0 end,
            d.list_price, d.sale_price, d.days_to_close, d.days_on_market,
            (select avg(l.first_response_minutes)::float8 from leads.report_leads l where l.organization_id = $1 and l.assigned_to = u.id
                and l.created_at >= $3 and l.created_at < $4),
            coalesce(c.shares - c.known, 0), coalesce(d.elsewhere, 0)
        from unnest($2) u(id)
        left join (
            select r.assigned_to, count(*) filter (where r.stage = 'closed_won')::int won,
                count(*) filter (where r.stage = 'closed_lost')::int lost,
                count(*) filter (where r.stage = 'closed_won' and r.currency <> $5)::int elsewhere,
                sum(r.value) filter (where r.stage = 'closed_won' and r.currency = $5) volume,
                round(avg(p.price) filter (where r.stage = 'closed_won' and p.currency = $5)) list_price,
                round(avg(r.value) filter (where r.stage = 'closed_won' and r.currency = $5)) sale_price,
                (avg(extract(epoch from r.closed_at - r.created_at) / 86400) filter (where r.stage = 'closed_won'))::float8 days_to_close,
                (avg(extract(epoch from r.closed_at - p.created_at) / 86400) filter (where r.stage = 'closed_won'))::float8 days_on_market
            from deals.report_deals r left join properties.report_properties p on p.id = r.property_id
            where r.organization_id = $1 and r.closed_at >= $3 and r.closed_at < $4 and r.stage in ('closed_won', 'closed_lost')
            group by r.assigned_to) d on d.assigned_to = u.id
        left join (
            select s.user_id, round(sum(r.gross_commission * s.percent / 100), 2) commission, count(*)::int shares,
                count(r.gross_commission)::int known
            from deals.report_deals r join deals.report_shares s on s.deal_id = r.id
            where r.organization_id = $1 and r.stage = 'closed_won' and r.currency = $5 and r.closed_at >= $3 and r.closed_at < $4
            group by s.user_id) c on c.user_id = u.id
        """;

    /// <summary>What agents do with leads and with clients; what was called off is neither.</summary>
    internal const string Work =
        """
        (select organization_id, assigned_to, activity_type, scheduled_at, completed_at from leads.report_activities where not called_off
        union all
        select organization_id, assigned_to, activity_type, scheduled_at, completed_at from crm.report_activities where not called_off)
        """;

    private const string PersonalSql =
        $"""
        select (select count(*)::int from properties.report_properties p
                where p.organization_id = $1 and p.assigned_user_id = $2 and p.created_at >= $3),
            (select count(*)::int from {Work} a where a.organization_id = $1 and a.assigned_to = $2 and a.activity_type = 'viewing'
                and a.completed_at is null and a.scheduled_at >= $4),
            (select count(*)::int from leads.report_leads l where l.organization_id = $1 and l.assigned_to = $2 and l.created_at >= $5),
            (select count(*)::int from {Work} a where a.organization_id = $1 and a.assigned_to = $2 and a.completed_at is null
                and a.scheduled_at <= $4)
        """;

    public async Task<IReadOnlyList<AgentFigures>> AgentsAsync(IReadOnlyList<UserId> users, Period period, string currency,
        CancellationToken ct)
    {
        var found = new List<AgentFigures>(users.Count);
        await using var command = await CommandAsync(AgentsSql, ct, work.Tenant.Required.Value, users.Select(u => u.Value).ToArray(),
            period.From, period.To, currency);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found.Add(new()
            {
                User = new(row.GetInt64(0)), ListingsTotal = row.GetInt32(1), ListingsActive = row.GetInt32(2),
                ListingsTaken = row.GetInt32(3), Won = row.GetInt32(4), Lost = row.GetInt32(5),
                Volume = row.GetDecimal(6), Commission = Money(row, 7), AverageListPrice = Money(row, 8), AverageSalePrice = Money(row, 9),
                DaysToClose = Days(row, 10), DaysOnMarket = Days(row, 11),
                FirstResponseMinutes = Days(row, 12), CommissionsUnknown = row.GetInt32(13), WonElsewhere = row.GetInt32(14),
            });
        return found;
    }

    /// <summary>A month begins where the office is.</summary>
    public async Task<PersonalFigures> PersonalAsync(UserId user, Period period, TimeZoneInfo zone, CancellationToken ct)
    {
        var today = TimeZoneInfo.ConvertTime(period.To, zone);
        var month = LocalDay.Start(new DateOnly(today.Year, today.Month, 1), zone);
        await using var command = await CommandAsync(PersonalSql, ct, work.Tenant.Required.Value, user.Value, month, period.To,
            period.From);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3));
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, CancellationToken ct, params object[] values)
    {
        var command = new NpgsqlCommand(sql, await work.OpenAsync(ct), work.Transaction);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    /// <summary>What the amounts leave out, and why a figure is null.</summary>
    internal static IEnumerable<string> Notes(AgentFigures agent, string currency)
    {
        if (agent.Won == 0) yield return "No deal was won in the span: what is measured on won deals is null.";
        if (agent.Conversion is null) yield return "No deal was won or lost in the span: conversion_rate is null.";
        if (agent.WonElsewhere > 0)
            yield return $"{agent.WonElsewhere} of the deals won are not in {currency}: they are counted, but in no amount.";
    }

    private static decimal? Money(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    private static double? Days(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Math.Round(row.GetDouble(column), 1);
}
