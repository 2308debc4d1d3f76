using Npgsql;
using RealEstateOs.Analytics.Agents;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Daily;

/// <summary>What happened in an office on a day, and what is due on the next; all counted.</summary>
internal sealed record DayFigures(
    int NewLeads, int LeadsWithoutAgent, int Activities, int NewListings, int NewDeals, int Won, decimal WonValue, decimal? WonCommission,
    int Lost, int ViewingsToday, int FollowUpsDue)
{
    private const string Sql =
        $"""
        select
            (select count(*)::int from leads.report_leads l where l.organization_id = $1 and l.created_at >= $2 and l.created_at < $3),
            (select count(*)::int from leads.report_leads l where l.organization_id = $1 and l.assigned_to is null and l.status = 'new'),
            (select count(*)::int from {OfficeFigures.Work} a where a.organization_id = $1 and a.completed_at >= $2
                and a.completed_at < $3),
            (select count(*)::int from properties.report_properties p where p.organization_id = $1 and p.created_at >= $2
                and p.created_at < $3),
            (select count(*)::int from deals.report_deals d where d.organization_id = $1 and d.created_at >= $2 and d.created_at < $3),
            d.won, d.value, d.commission, d.lost, d.won_here, d.rated,
            (select count(*)::int from {OfficeFigures.Work} a where a.organization_id = $1 and a.activity_type = 'viewing'
                and a.completed_at is null and a.scheduled_at >= $3 and a.scheduled_at < $4),
            (select count(*)::int from {OfficeFigures.Work} a where a.organization_id = $1 and a.activity_type <> 'viewing'
                and a.completed_at is null and a.scheduled_at < $4)
        from (
            select count(*) filter (where stage = 'closed_won')::int won,
                coalesce(sum(value) filter (where stage = 'closed_won' and currency = $5), 0) value,
                sum(gross_commission) filter (where stage = 'closed_won' and currency = $5) commission,
                count(*) filter (where stage = 'closed_lost')::int lost,
                count(*) filter (where stage = 'closed_won' and currency = $5)::int won_here,
                count(gross_commission) filter (where stage = 'closed_won' and currency = $5)::int rated
            from deals.report_deals where organization_id = $1 and closed_at >= $2 and closed_at < $3
                and stage in ('closed_won', 'closed_lost')) d
        """;

    /// <summary>Won deals in the office's currency: the amounts hold these alone.</summary>
    public int WonHere { get; init; }

    /// <summary>Those of them that carry a commission rate.</summary>
    public int WithCommission { get; init; }

    /// <summary>Nothing happened and nothing is due: no mail is worth that.</summary>
    public bool IsEmpty => NewLeads + LeadsWithoutAgent + Activities + NewListings + NewDeals + Won + Lost + ViewingsToday
        + FollowUpsDue == 0;

    /// <summary>The day lies between the first two moments, the next day ends with the third.</summary>
    public static async Task<DayFigures> ReadAsync(UnitOfWork work, DateTimeOffset from, DateTimeOffset to, DateTimeOffset tomorrow,
        string currency, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value }, new() { Value = from }, new() { Value = to }, new() { Value = tomorrow },
                new() { Value = currency },
            },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new DayFigures(
            row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetDecimal(6),
            row.IsDBNull(7) ? null : row.GetDecimal(7), row.GetInt32(8), row.GetInt32(11),
            row.GetInt32(12)) { WonHere = row.GetInt32(9), WithCommission = row.GetInt32(10) };
    }
}
